import { ObjectEvents } from '../features/environment/components/ObjectEvents.tsx';
import { ServicePage } from '../features/settings/ServicePage.tsx';

const eventsOf = (id: string, shown: number | undefined) => <ObjectEvents of={id} shown={shown} />;

/** Here, since the settings and environment features don't import each other. */
export function ServiceRoute() {
  return <ServicePage eventsOf={eventsOf} />;
}
