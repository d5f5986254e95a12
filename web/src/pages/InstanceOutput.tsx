import { Suspense } from 'react';

import { lazyPart } from '../ui/lazy-part.ts';
import { LoadingState } from '../ui/states.tsx';

const LogsPanel = lazyPart(() => import('../features/output/logs/components/LogsPanel.tsx'), 'LogsPanel');

export function InstanceLogs({ id, name }: { id: string; name: string }) {
  return (
    <Suspense fallback={<LoadingState rows={12} label="Loading logs" />}>
      <LogsPanel instanceId={id} name={name} />
    </Suspense>
  );
}
