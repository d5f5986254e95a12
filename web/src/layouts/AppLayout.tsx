import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { SessionGate } from './SessionGate.tsx';
import { Shell } from './Shell.tsx';

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
