import { paths } from '@cyclorama/shared/paths.ts';
import {
  environmentSettings,
  hubResponse,
  integration,
  integrationQuery,
  metadataFile,
} from '@cyclorama/shared/settings.ts';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { SettingsService } from './service.ts';

export function settingsRoutes(settings: SettingsService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.settings(),
      summary: 'How the environment is set up: features, monitoring, load balancer, VPN',
      role: 'viewer',
      response: environmentSettings,
      handler: () => settings.settings(),
    }),
    route({
      method: 'get',
      path: paths.metadataFile(),
      summary: 'The metadata file that Cycle mounts into the dashboard’s instance',
      role: 'viewer',
      response: metadataFile,
      handler: () => settings.metadata(),
    }),
    route({
      method: 'get',
      path: paths.hub(),
      summary: 'The hub the environment belongs to',
      role: 'viewer',
      response: hubResponse,
      handler: () => settings.hub(),
    }),
    route({
      method: 'get',
      path: paths.integration(),
      summary: 'One integration of the hub, by identifier or vendor',
      role: 'admin',
      sessionOnly: true,
      query: integrationQuery,
      response: integration,
      handler: ({ query }) => settings.integration(query),
    }),
  ];
}
