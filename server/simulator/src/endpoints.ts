import type { ServerSocket } from './cycle/server-sockets.ts';
import type { World } from './world/world.ts';

export type Addresses = {
  socketPath: string;
  metadataPath: string;
  schedulerPort: number;
  shardHosts: string[];
  rerobotsPort: number;
  rerobotsToken: string;
  platformPort: number;
  controlPort: number;
  servers: readonly ServerSocket[];
};

export function endpointVariables(world: World, at: Addresses): Record<string, string> {
  const users = (role: 'admin' | 'operator' | 'viewer') =>
    world.vpnUsers.filter((user) => user.role === role);
  const names = (role: 'admin' | 'operator') =>
    users(role)
      .map((user) => user.name)
      .join(',');
  const credentials = (role: 'admin' | 'operator' | 'viewer') =>
    users(role)
      .slice(0, 1)
      .map((user) => `${user.name}:${user.password}`)
      .join('');
  const functionContainer = [...world.containers.values()].find((container) => container.functionLimits);
  return {
    CYCLE_API_SOCKET: at.socketPath,
    CYCLE_API_TOKEN: world.tokens.cycle,
    CYCLE_METADATA_FILE: at.metadataPath,
    SCHEDULER_URL: `http://localhost:${at.schedulerPort}`,
    SCHEDULER_ADDRESSES: at.shardHosts.join(','),
    SCHEDULER_ACCESS_KEY: world.accessKeys[0]?.secret ?? '',
    REROBOTS_API_URL: `http://127.0.0.1:${at.rerobotsPort}`,
    REROBOTS_API_TOKEN: at.rerobotsToken,
    CYCLE_PLATFORM_URL: `http://127.0.0.1:${at.platformPort}`,
    CYCLE_PLATFORM_API_KEY: world.tokens.platformKey,
    CYCLE_HUB_ID: world.hub.id,
    ADMIN_USERS: names('admin'),
    OPERATOR_USERS: names('operator'),
    SIM_VPN_USER: credentials('admin'),
    SIM_OPERATOR: credentials('operator'),
    SIM_VIEWER: credentials('viewer'),
    ...(functionContainer ? { SIM_FUNCTION_CONTAINER: functionContainer.id } : {}),
    SIM_HUB_INTEGRATION: `vendor=${world.integrations[0]?.vendor ?? ''}`,
    SIM_METADATA_FILE: at.metadataPath,
    SIM_SERVERS: JSON.stringify(at.servers),
    SIM_CONTROL_URL: `http://127.0.0.1:${at.controlPort}`,
  };
}
