import { ContainerPage } from '../features/environment/containers/ContainerPage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';
import { ObjectTelemetry } from './ObjectTelemetry.tsx';

const charts = (id: string) => <LastHourCharts kind="container" id={id} />;
const telemetry = (id: string) => <ObjectTelemetry kind="container" id={id} />;

/** Here, since the container and telemetry features don't import each other. */
export function ContainerRoute() {
  return <ContainerPage charts={charts} telemetry={telemetry} />;
}
