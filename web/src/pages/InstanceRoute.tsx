import { InstancePage } from '../features/environment/instances/InstancePage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';

const charts = (id: string) => <LastHourCharts kind="instance" id={id} />;

export function InstanceRoute() {
  return <InstancePage charts={charts} />;
}
