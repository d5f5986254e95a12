import { InstancePage } from '../features/environment/instances/InstancePage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';

const charts = (id: string) => <LastHourCharts kind="instance" id={id} />;

/** The instance's page with its telemetry, from two features that don't import each other. */
export function InstanceRoute() {
  return <InstancePage charts={charts} />;
}
