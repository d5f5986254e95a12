import { ServerPage } from '../features/environment/servers/ServerPage.tsx';
import { ObjectTelemetry } from './ObjectTelemetry.tsx';

const telemetry = (id: string) => <ObjectTelemetry kind="server" id={id} />;

/** Here, since the server and telemetry features don't import each other. */
export function ServerRoute() {
  return <ServerPage telemetry={telemetry} />;
}
