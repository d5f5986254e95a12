import { Suspense } from 'react';

import { lazyPart } from '../ui/lazy-part.ts';
import { LoadingState } from '../ui/states.tsx';

const InstanceCharts = lazyPart(
  () => import('../features/telemetry/components/InstanceCharts.tsx'),
  'InstanceCharts',
);

export function LastHourCharts(props: { kind: 'instance' | 'container'; id: string }) {
  return (
    <Suspense fallback={<LoadingState rows={5} label="Loading telemetry" />}>
      <InstanceCharts {...props} />
    </Suspense>
  );
}
