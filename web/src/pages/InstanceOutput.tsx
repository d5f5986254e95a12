import { Suspense } from 'react';

import { lazyPart } from '../ui/lazy-part.ts';
import { LoadingState } from '../ui/states.tsx';

const LogsPanel = lazyPart(() => import('../features/output/logs/components/LogsPanel.tsx'), 'LogsPanel');
const ConsolePanel = lazyPart(
  () => import('../features/output/console/components/ConsolePanel.tsx'),
  'ConsolePanel',
);

export function InstanceLogs({ id, name }: { id: string; name: string }) {
  return (
    <Suspense fallback={<LoadingState rows={12} label="Loading logs" />}>
      <LogsPanel instanceId={id} name={name} />
    </Suspense>
  );
}

export function InstanceConsole({ id }: { id: string }) {
  return (
    <Suspense fallback={<LoadingState rows={12} label="Opening the console" />}>
      <ConsolePanel instanceId={id} />
    </Suspense>
  );
}
