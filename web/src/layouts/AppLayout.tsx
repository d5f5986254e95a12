import { Outlet } from '@tanstack/react-router';

import { SessionGate } from './SessionGate.tsx';
import { Shell } from './Shell.tsx';

/** Around every page: who is signed in, then the shell. */
export function AppLayout() {
  return (
    <SessionGate>
      <Shell>
        <Outlet />
      </Shell>
    </SessionGate>
  );
}
