import type { DeploymentsQuery } from '@cyclorama/shared/robots.ts';
import { deploymentOrders } from '@cyclorama/shared/rules/deployments.ts';

import type { Sort } from '../../../ui/data-table.tsx';
import type { RobotsSearch } from '../search.ts';

type SortBy = NonNullable<DeploymentsQuery['sort_by']>;

/** For cards, which have no column heads. */
export const orderOptions: readonly { value: SortBy; label: string }[] = [
  { value: 'inc_wtype', label: 'Type, A to Z' },
  { value: 'dec_wtype', label: 'Type, Z to A' },
  { value: 'dec_created', label: 'Newest first' },
  { value: 'inc_created', label: 'Oldest first' },
  { value: 'dec_count', label: 'Most used first' },
  { value: 'inc_count', label: 'Least used first' },
];

export function orderOf(search: RobotsSearch): Sort {
  if (search.sort !== undefined) return { key: search.sort, direction: search.dir ?? 'asc' };
  return deploymentOrders[search.sort_by ?? 'inc_wtype'];
}

export function orderChange({ key, direction }: Sort): Partial<RobotsSearch> {
  const known = orderOptions.find(
    ({ value }) => deploymentOrders[value].key === key && deploymentOrders[value].direction === direction,
  );
  if (known === undefined) return { sort: key, dir: direction, sort_by: undefined, page: undefined };
  return { sort: undefined, dir: undefined, sort_by: known.value, page: undefined };
}
