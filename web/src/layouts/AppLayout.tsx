import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { SessionGate } from './SessionGate.tsx';
import { Shell } from './Shell.tsx';

/** `companions` run beside every page and render nothing. */
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
