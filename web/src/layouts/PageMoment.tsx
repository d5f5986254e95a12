import type { ReactNode } from 'react';

import { MomentContext } from '../lib/moment.ts';
import { useHasPast, useMomentSearch } from '../router/moment.ts';

/** Pages without a past show the present, whatever minute is chosen. */
export function PageMoment({ children }: { children: ReactNode }) {
  const at = useMomentSearch();
  const hasPast = useHasPast();
  return <MomentContext value={hasPast ? at : null}>{children}</MomentContext>;
}
