import type { Overview } from '../environment.ts';
import type { DeploymentsQuery, RobotDeployment } from '../robots.ts';

type Availability = Pick<RobotDeployment, 'online' | 'lockedOut' | 'notPermitted'>;

export const notPermittedRefusal = 'Its owner does not permit this robot to your team’s rerobots account.';

type SortBy = NonNullable<DeploymentsQuery['sort_by']>;

/** Null also when its state is unknown. */
export function deploymentRefusal({ online, lockedOut, notPermitted }: Availability): string | null {
  if (notPermitted === true) return notPermittedRefusal;
  if (lockedOut) return 'Locked out by its owner: this robot can’t be booked.';
  return online === false ? 'Offline: this robot can’t be booked until it is back.' : null;
}

/** A robot that was not read yet counts as online. */
export function availabilityOf({
  online,
  lockedOut,
  notPermitted,
}: Availability): 'not permitted' | 'locked out' | 'offline' | 'online' {
  if (notPermitted === true) return 'not permitted';
  return lockedOut ? 'locked out' : online === false ? 'offline' : 'online';
}

/** Who can have it now, of what was last read. `unknown`: not read yet. */
export function occupancyOf({
  queueLength,
  ...robot
}: Availability & Pick<RobotDeployment, 'queueLength'>): 'free' | 'busy' | 'unavailable' | 'unknown' {
  if (deploymentRefusal(robot) !== null) return 'unavailable';
  if (robot.online === null || queueLength === null) return 'unknown';
  return queueLength === 0 ? 'free' : 'busy';
}

export type RobotUse = Exclude<keyof Overview['robots'], 'deployments'>;

/** Each robot counts once: the parts sum to `deployments`. `heldByUs`: whatever holds it, offline or not. */
export function countRobots(
  all: readonly RobotDeployment[],
  heldByUs: ReadonlySet<string>,
): Overview['robots'] {
  const counts = { deployments: all.length, ours: 0, free: 0, heldByOthers: 0, unavailable: 0, unknown: 0 };
  for (const robot of all) counts[useOfRobot(robot, heldByUs.has(robot.id))] += 1;
  return counts;
}

/** Of a robot that is offline while we hold it: ours. */
export function useOfRobot(robot: RobotDeployment, isHeldByUs: boolean): RobotUse {
  if (isHeldByUs) return 'ours';
  const occupancy = occupancyOf(robot);
  return occupancy === 'busy' ? 'heldByOthers' : occupancy;
}

/**
 * As in the rerobots API ("GET /deployments"): `q` is a case-insensitive part of type, region or, here, nickname; `types`
 * comma-separated, `!type` excludes; `maxlen` the longest queue, `u` for any.
 */
export function searchDeployments(
  all: readonly RobotDeployment[],
  query: Pick<DeploymentsQuery, 'q' | 'types' | 'maxlen'>,
): RobotDeployment[] {
  const q = query.q?.trim().toLowerCase() ?? '';
  const types = (query.types ?? '').split(',').flatMap((type) => type.trim() || []);
  const wanted = new Set(types.filter((type) => !type.startsWith('!')));
  const unwanted = new Set(types.filter((type) => type.startsWith('!')).map((type) => type.slice(1)));
  const longest = query.maxlen === 'u' ? undefined : query.maxlen;
  return all.filter(
    ({ type, region, nickname = '', queueLength }) =>
      [type, region, nickname].some((text) => text.toLowerCase().includes(q)) &&
      (wanted.size === 0 || wanted.has(type)) &&
      !unwanted.has(type) &&
      (longest === undefined || (queueLength !== null && queueLength <= longest)),
  );
}

export type DeploymentOrder = { key: string; direction: 'asc' | 'desc' };

/** rerobots API docs, `sort_by`. */
export const deploymentOrders: Record<SortBy, DeploymentOrder> = {
  inc_wtype: { key: 'type', direction: 'asc' },
  dec_wtype: { key: 'type', direction: 'desc' },
  inc_created: { key: 'created', direction: 'asc' },
  dec_created: { key: 'created', direction: 'desc' },
  inc_count: { key: 'count', direction: 'asc' },
  dec_count: { key: 'count', direction: 'desc' },
};

type Value = string | number | null;
const valueOf: Record<string, (robot: RobotDeployment) => Value> = {
  type: (robot) => robot.type,
  created: (robot) => (robot.createdAt === null ? null : Date.parse(robot.createdAt)),
  count: (robot) => robot.instancesSoFar,
  queue: (robot) => robot.queueLength,
  region: (robot) => robot.region,
  online: occupancyRank,
};

/** Free ones first, then busy ones, the shortest queue first; what can't be booked last. */
export function occupancyRank(robot: RobotDeployment): number {
  const occupancy = occupancyOf(robot);
  if (occupancy === 'busy') return robot.queueLength ?? 1;
  return { free: 0, unknown: Number.MAX_SAFE_INTEGER - 1, unavailable: Number.MAX_SAFE_INTEGER }[occupancy];
}

function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en');
}

/** Missing values last in both directions; ties by id, so that rows don't jump. */
export function sortDeployments(
  robots: readonly RobotDeployment[],
  { key, direction }: DeploymentOrder = deploymentOrders.inc_wtype,
): RobotDeployment[] {
  const read = valueOf[key] ?? ((robot: RobotDeployment): Value => robot.type);
  const sign = direction === 'asc' ? 1 : -1;
  return robots.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === right) return compare(a.id, b.id);
    if (left === null || right === null) return left === null ? 1 : -1;
    return sign * compare(left, right) || compare(a.id, b.id);
  });
}

export type PageOf<T> = {
  items: T[];
  /** From 1. */
  page: number;
  pages: number;
  /** Position of the first item, from 1; 0 when empty. */
  from: number;
};

/**
 * As the rerobots API paginates: without `max_per_page` or with 0 everything; a page beyond the last is the last
 * ("rerobots API: pagination").
 */
export function pageOf<T>(
  items: readonly T[],
  { max_per_page: asked = 0, page: wanted = 1 }: Pick<DeploymentsQuery, 'max_per_page' | 'page'>,
): PageOf<T> {
  const size = asked === 0 ? Math.max(1, items.length) : asked;
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(Math.max(1, wanted), pages);
  const shown = items.slice((page - 1) * size, page * size);
  return { items: shown, page, pages, from: shown.length === 0 ? 0 : (page - 1) * size + 1 };
}
