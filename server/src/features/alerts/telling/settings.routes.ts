import { alertSettings, alertSettingsRequest } from '@cyclorama/shared/alert-settings.ts';
import { paths } from '@cyclorama/shared/paths.ts';

import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import type { AlertSettingsService } from './settings.service.ts';

export function alertSettingsRoutes(settings: AlertSettingsService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.alertSettings(),
      summary: 'What is told of alerts outside of the page, and when not',
      role: 'viewer',
      response: alertSettings,
      handler: () => settings.get(),
    }),
    route({
      method: 'put',
      path: paths.alertSettings(),
      summary: 'Sets what is told of alerts outside of the page, and when not',
      role: 'admin',
      body: alertSettingsRequest,
      response: alertSettings,
      onRepeat: 'harmless',
      handler: ({ body, person }) => settings.change(body, person),
    }),
  ];
}
