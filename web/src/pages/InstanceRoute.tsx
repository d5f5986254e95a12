import { InstancePage } from '../features/environment/instances/InstancePage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';
import { ObjectTelemetry } from './ObjectTelemetry.tsx';

const charts = (id: string) => <LastHourCharts kind="instance" id={id} />;
const telemetry = (id: string) => <ObjectTelemetry kind="instance" id={id} />;

export function InstanceRoute() {
  return <InstancePage charts={charts} telemetry={telemetry} />;
}
