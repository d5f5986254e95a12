import { hubActivity } from '@cyclorama/shared/hub-activity.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import {
  environmentSettings,
  hubResponse,
  integration,
  integrationQuery,
  metadataFile,
} from '@cyclorama/shared/settings.ts';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { createHubActivity } from './hub-activity.ts';
import type { SettingsService } from './service.ts';

export function settingsRoutes(
  settings: SettingsService,
  readHubActivity: ReturnType<typeof createHubActivity>,
): Route[] {
  return [
    route({
      method: 'get',
      path: environmentPaths.settings(),
      summary: 'How the environment is set up: features, monitoring, load balancer, VPN',
      role: 'viewer',
      response: environmentSettings,
      handler: () => settings.settings(),
    }),
    route({
      method: 'get',
      path: environmentPaths.metadataFile(),
      summary: 'The metadata file that Cycle mounts into the dashboard’s instance',
      role: 'viewer',
      response: metadataFile,
      handler: () => settings.metadata(),
    }),
    route({
      method: 'get',
      path: environmentPaths.hub(),
      summary: 'The hub the environment belongs to',
      role: 'viewer',
      response: hubResponse,
      handler: () => settings.hub(),
    }),
    route({
      method: 'get',
      path: environmentPaths.hubActivity(),
      summary: 'What was lately done in the hub, and by whom',
      role: 'viewer',
      response: hubActivity,
      handler: () => readHubActivity(),
    }),
    route({
      method: 'get',
      path: environmentPaths.integration(),
      summary: 'One integration of the hub, by identifier or vendor',
      role: 'admin',
      sessionOnly: true,
      query: integrationQuery,
      response: integration,
      handler: ({ query }) => settings.integration(query),
    }),
  ];
}
