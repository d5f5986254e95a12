import { useState } from 'react';

import { rememberRow, rememberedRow } from '../lib/focus-memory.ts';

/** The row the keyboard is on; after Back it is the one it was. */
export function useActiveRow(list: string): [string | null, (row: string) => void] {
  const [active, setActive] = useState(() => rememberedRow(list));
  const set = (row: string) => {
    rememberRow(list, row);
    setActive(row);
  };
  return [active, set];
}
