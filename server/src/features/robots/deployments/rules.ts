import type { DeploymentsQuery, RobotDeployment } from '@cyclorama/shared/robots.ts';

/**
 * The search of the rerobots API on our own snapshot ("rerobots API: GET /deployments"): `q` is a case-insensitive
 * part of type or region; `types` a comma list, where `!type` leaves a type out; `maxlen` the longest queue, `u` for any.
 */
export function searchDeployments(all: RobotDeployment[], query: DeploymentsQuery): RobotDeployment[] {
  const q = query.q?.trim().toLowerCase() ?? '';
  const types = (query.types ?? '').split(',').flatMap((type) => type.trim() || []);
  const wanted = new Set(types.filter((type) => !type.startsWith('!')));
  const unwanted = new Set(types.filter((type) => type.startsWith('!')).map((type) => type.slice(1)));
  const longest = query.maxlen === 'u' ? undefined : query.maxlen;
  return all.filter(
    ({ type, region, queueLength }) =>
      (type.toLowerCase().includes(q) || region.toLowerCase().includes(q)) &&
      (wanted.size === 0 || wanted.has(type)) &&
      !unwanted.has(type) &&
      (longest === undefined || (queueLength !== null && queueLength <= longest)),
  );
}

type SortBy = NonNullable<DeploymentsQuery['sort_by']>;
type Sortable = string | number | null;

/** What each `sort_by` of the rerobots API goes by; the word before the underscore tells the direction. */
const sortKeys: Record<SortBy, (one: RobotDeployment) => Sortable> = {
  inc_wtype: (one) => one.type,
  dec_wtype: (one) => one.type,
  inc_created: (one) => one.createdAt,
  dec_created: (one) => one.createdAt,
  inc_count: (one) => one.instancesSoFar,
  dec_count: (one) => one.instancesSoFar,
};

/**
 * In the order of a `sort_by` of the rerobots API, by type where none is given; what has no value comes last either
 * way, and equals stay by id.
 */
export function sortDeployments(
  all: RobotDeployment[],
  by: DeploymentsQuery['sort_by'] = 'inc_wtype',
): RobotDeployment[] {
  const key = sortKeys[by];
  const sign = by.startsWith('dec_') ? -1 : 1;
  const compare = (a: Sortable, b: Sortable): number => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : a < b ? -1 : a > b ? 1 : 0);
  };
  return all.toSorted((a, b) => compare(key(a), key(b)) || (a.id < b.id ? -1 : 1));
}

/**
 * One page as the rerobots API cuts it: everything without `max_per_page` or with 0, and a page beyond the last is the
 * last ("rerobots API: pagination").
 */
export function pageOfDeployments(
  found: RobotDeployment[],
  { max_per_page: size = 0, page = 1 }: Pick<DeploymentsQuery, 'max_per_page' | 'page'>,
): { deployments: RobotDeployment[]; page: number; pageCount: number; total: number } {
  const total = found.length;
  if (size === 0) return { deployments: found, page: 1, pageCount: 1, total };
  const pageCount = Math.max(1, Math.ceil(total / size));
  const shown = Math.min(page, pageCount);
  return { deployments: found.slice((shown - 1) * size, shown * size), page: shown, pageCount, total };
}

/** Why a deployment can't be booked now, as a sentence; null where it can, or where that is not known. */
export function whyNotBookable(deployment: RobotDeployment): string | null {
  if (deployment.lockedOut) return 'This robot is locked out by rerobots and can’t be booked.';
  if (deployment.online === false) return 'This robot is offline and can’t be booked.';
  return null;
}

/** The deployment of a type with the shortest queue among those that can be booked; null where there is none. */
export function shortestQueue(all: RobotDeployment[], type: string): RobotDeployment | null {
  const candidates = all.filter((one) => one.type === type && whyNotBookable(one) === null);
  return candidates.toSorted((a, b) => (a.queueLength ?? 0) - (b.queueLength ?? 0))[0] ?? null;
}

/** For the overview: how many there are, answer, and could be had at once. */
export function countDeployments(all: RobotDeployment[]): {
  deployments: number;
  online: number;
  free: number;
} {
  const online = all.filter((one) => one.online === true);
  const free = online.filter((one) => one.queueLength === 0 && !one.lockedOut).length;
  return { deployments: all.length, online: online.length, free };
}
