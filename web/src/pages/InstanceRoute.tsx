import { InstancePage } from '../features/environment/instances/InstancePage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';

const charts = (id: string) => <LastHourCharts kind="instance" id={id} />;

/** Here, since the instance and telemetry features don't import each other. */
export function InstanceRoute() {
  return <InstancePage charts={charts} />;
}
