import { InstancePage } from '../features/environment/instances/InstancePage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';

const charts = (id: string) => <LastHourCharts kind="instance" id={id} />;

/** The page of an instance with its telemetry: two features that don't know each other, put together here. */
export function InstanceRoute() {
  return <InstancePage charts={charts} />;
}
