import { Suspense } from 'react';

import { ContainerPage } from '../features/environment/containers/ContainerPage.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { LoadingState } from '../ui/states.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';
import { ObjectTelemetry } from './ObjectTelemetry.tsx';

const ServiceSettingsPart = lazyPart(
  () => import('../features/settings/components/ServiceSettingsPart.tsx'),
  'ServiceSettingsPart',
);

const charts = (id: string) => <LastHourCharts kind="container" id={id} />;
const telemetry = (id: string) => <ObjectTelemetry kind="container" id={id} />;
const settings = (id: string) => (
  <Suspense fallback={<LoadingState rows={4} label="Loading the service’s settings" />}>
    <ServiceSettingsPart containerId={id} />
  </Suspense>
);

/** Here, since the features of containers, telemetry and settings don't import each other. */
export function ContainerRoute() {
  return <ContainerPage charts={charts} telemetry={telemetry} settings={settings} />;
}
