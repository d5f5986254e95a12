import { ContainerPage } from '../features/environment/containers/ContainerPage.tsx';
import { LastHourCharts } from './LastHourCharts.tsx';

const charts = (id: string) => <LastHourCharts kind="container" id={id} />;

/** Here, since the container and telemetry features don't import each other. */
export function ContainerRoute() {
  return <ContainerPage charts={charts} />;
}
