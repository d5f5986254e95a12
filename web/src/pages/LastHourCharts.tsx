import { Suspense, lazy } from 'react';

import { LoadingState } from '../ui/states.tsx';

const InstanceCharts = lazy(async () => {
  const { InstanceCharts } = await import('../features/telemetry/components/InstanceCharts.tsx');
  return { default: InstanceCharts };
});

/** Telemetry of one thing for the page of another feature; the charts come after the page itself. */
export function LastHourCharts(props: { kind: 'instance' | 'container'; id: string }) {
  return (
    <Suspense fallback={<LoadingState rows={5} label="Loading telemetry" />}>
      <InstanceCharts {...props} />
    </Suspense>
  );
}
