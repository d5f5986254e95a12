import { ContainerPage } from '../features/environment/containers/ContainerPage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';

const charts = (id: string) => <LastHourCharts kind="container" id={id} />;

/** The container's page with its telemetry, from two features that don't import each other. */
export function ContainerRoute() {
  return <ContainerPage charts={charts} />;
}
