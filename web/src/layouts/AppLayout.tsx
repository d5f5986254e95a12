import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { SessionGate } from './SessionGate.tsx';
import { Shell } from './Shell.tsx';

/** Around every page: who is signed in, then the shell. `companions` run beside every page and show nothing of their own. */
export function AppLayout({ companions }: { companions?: ReactNode }) {
  return (
    <SessionGate>
      <Shell>
        <Outlet />
      </Shell>
      {companions}
    </SessionGate>
  );
}
