import { useCallback } from 'react';

import type { DataTableProps } from '../../ui/data-table.types.ts';
import { usePins } from './topology/queries.ts';

/** Groups are ordered by label. */
const pinned = { key: 'pinned', label: 'Pinned' };
const rest = { key: 'rest', label: 'The rest' };

/** What the person pinned as a group before the rest; none where nothing is pinned. */
export function usePinnedFirst<Row>(idOf: (row: Row) => string): DataTableProps<Row>['groupOf'] {
  const pins = usePins();
  const groupOf = useCallback((row: Row) => (pins.has(idOf(row)) ? pinned : rest), [pins, idOf]);
  return pins.size === 0 ? undefined : groupOf;
}
