import { alertRule, alertRuleRequest, alertRulesResponse, alertTrial } from '@cyclorama/shared/alerts.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { RulesService } from './rules.service.ts';

const ofOne = z.object({ id: z.string().min(1).max(100) });

export function alertRuleRoutes(rules: RulesService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.alertRules(),
      summary: 'Lists the rules of alerts',
      role: 'viewer',
      response: alertRulesResponse,
      handler: async () => ({ rules: await rules.list() }),
    }),
    route({
      method: 'post',
      path: paths.alertRules(),
      summary: 'Makes a rule of alerts',
      role: 'operator',
      body: alertRuleRequest,
      response: alertRule,
      status: 201,
      onRepeat: ({ outcome }) => rules.get(outcome),
      handler: ({ body, person, requestKey }) => rules.make(body, person, requestKey),
    }),
    route({
      method: 'post',
      path: paths.alertRulesTry(),
      summary: 'Says when a rule would have fired in the past; saves nothing',
      role: 'operator',
      body: alertRuleRequest,
      response: alertTrial,
      onRepeat: 'harmless',
      handler: ({ body }) => rules.try(body),
    }),
    route({
      method: 'put',
      path: '/api/alert-rules/:id',
      summary: 'Changes a rule of alerts, or switches it on or off',
      role: 'operator',
      params: ofOne,
      body: alertRuleRequest,
      response: alertRule,
      onRepeat: 'harmless',
      handler: ({ params: { id }, body, person }) => rules.change(id, body, person),
    }),
    route({
      method: 'delete',
      path: '/api/alert-rules/:id',
      summary: 'Deletes a rule of alerts that people made',
      role: 'operator',
      params: ofOne,
      response: z.null(),
      status: 204,
      onRepeat: 'harmless',
      handler: async ({ params: { id }, person }) => {
        await rules.remove(id, person);
        return null;
      },
    }),
  ];
}
