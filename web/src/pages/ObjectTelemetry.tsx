import { Suspense } from 'react';

import { lazyPart } from '../ui/lazy-part.ts';
import { LoadingState } from '../ui/states.tsx';

const TargetCharts = lazyPart(
  () => import('../features/telemetry/components/TargetCharts.tsx'),
  'TargetCharts',
);

export function ObjectTelemetry({ kind, id }: { kind: 'instance' | 'container' | 'server'; id: string }) {
  return (
    <Suspense fallback={<LoadingState rows={12} label="Loading telemetry" />}>
      <TargetCharts target={{ kind, id }} />
    </Suspense>
  );
}
