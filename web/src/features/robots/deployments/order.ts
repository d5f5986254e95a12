import type { DeploymentsQuery, RobotDeployment } from '@cyclorama/shared/robots.ts';

import type { Sort } from '../../../ui/data-table.tsx';
import type { RobotsSearch } from '../search.ts';

type SortBy = NonNullable<DeploymentsQuery['sort_by']>;

/** The column each order of the rerobots API goes by (rerobots API docs, `sort_by`). */
const columnOf: Record<SortBy, Sort> = {
  inc_wtype: { key: 'type', direction: 'asc' },
  dec_wtype: { key: 'type', direction: 'desc' },
  inc_created: { key: 'created', direction: 'asc' },
  dec_created: { key: 'created', direction: 'desc' },
  inc_count: { key: 'count', direction: 'asc' },
  dec_count: { key: 'count', direction: 'desc' },
};

/** The orders that can be chosen by name, for cards, which have no heads to press. */
export const orderOptions: readonly { value: SortBy; label: string }[] = [
  { value: 'inc_wtype', label: 'Type, A to Z' },
  { value: 'dec_wtype', label: 'Type, Z to A' },
  { value: 'dec_created', label: 'Newest first' },
  { value: 'inc_created', label: 'Oldest first' },
  { value: 'dec_count', label: 'Most used first' },
  { value: 'inc_count', label: 'Least used first' },
];

/** The order an address asks for; by type where it asks for none. */
export function orderOf(search: RobotsSearch): Sort {
  if (search.sort !== undefined) return { key: search.sort, direction: search.dir ?? 'asc' };
  return columnOf[search.sort_by ?? 'inc_wtype'];
}

/** What an address says for an order: by the API's name where it has one. */
export function orderChange({ key, direction }: Sort): Partial<RobotsSearch> {
  const known = orderOptions.find(
    ({ value }) => columnOf[value].key === key && columnOf[value].direction === direction,
  );
  if (known === undefined) return { sort: key, dir: direction, sort_by: undefined, page: undefined };
  return { sort: undefined, dir: undefined, sort_by: known.value, page: undefined };
}

type Value = string | number | null;
const valueOf: Record<string, (robot: RobotDeployment) => Value> = {
  type: (robot) => robot.type,
  created: (robot) => (robot.createdAt === null ? null : Date.parse(robot.createdAt)),
  count: (robot) => robot.instancesSoFar,
  queue: (robot) => robot.queueLength,
  region: (robot) => robot.region,
  online: (robot) => (robot.lockedOut ? 'locked out' : robot.online === false ? 'offline' : 'online'),
};

function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en');
}

/** The robots in an order; what has no value comes last either way, equals stay by id, so that nothing jumps. */
export function orderDeployments(robots: readonly RobotDeployment[], sort: Sort): RobotDeployment[] {
  const read = valueOf[sort.key] ?? ((robot: RobotDeployment): Value => robot.type);
  const sign = sort.direction === 'asc' ? 1 : -1;
  return robots.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right) || compare(a.id, b.id);
  });
}

export type PageOf<T> = {
  items: T[];
  /** From 1. */
  page: number;
  pages: number;
  /** The first item's place in the whole, from 1; 0 where there is none. */
  from: number;
};

/** One page of a list, all of it without `max_per_page`; a page beyond the last is the last, as the API answers it. */
export function pageOf<T>(
  items: readonly T[],
  search: Pick<RobotsSearch, 'max_per_page' | 'page'>,
): PageOf<T> {
  const size = search.max_per_page ?? Math.max(1, items.length);
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(Math.max(1, search.page ?? 1), pages);
  const shown = items.slice((page - 1) * size, page * size);
  return { items: shown, page, pages, from: shown.length === 0 ? 0 : (page - 1) * size + 1 };
}
