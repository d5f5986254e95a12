import { InstancePage } from '../features/environment/instances/InstancePage.tsx';
import { InstanceConsole, InstanceLogs } from './InstanceOutput.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';
import { ObjectTelemetry } from './ObjectTelemetry.tsx';

const charts = (id: string) => <LastHourCharts kind="instance" id={id} />;
const telemetry = (id: string) => <ObjectTelemetry kind="instance" id={id} />;
const logs = (id: string, name: string) => <InstanceLogs id={id} name={name} />;
const console = (id: string) => <InstanceConsole id={id} />;

export function InstanceRoute() {
  return <InstancePage charts={charts} telemetry={telemetry} logs={logs} console={console} />;
}
