import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { PageMoment } from './PageMoment.tsx';
import { SessionGate } from './SessionGate.tsx';
import { Shell } from './Shell.tsx';

export function AppLayout({ companions }: { companions?: ReactNode }) {
  return (
    <SessionGate>
      <Shell>
        <PageMoment>
          <Outlet />
        </PageMoment>
      </Shell>
      {companions}
    </SessionGate>
  );
}
