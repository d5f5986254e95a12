import { ContainerPage } from '../features/environment/containers/ContainerPage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';

const charts = (id: string) => <LastHourCharts kind="container" id={id} />;

/** The page of a container with its telemetry: two features that don't know each other, put together here. */
export function ContainerRoute() {
  return <ContainerPage charts={charts} />;
}
