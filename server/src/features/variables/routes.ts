import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { revealedVariable, scopedVariables } from '@cyclorama/shared/variables.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { VariablesService } from './service.ts';

export function variableRoutes(variables: VariablesService): Route[] {
  return [
    route({
      method: 'get',
      path: environmentPaths.variables(),
      summary: 'Names of the scoped variables the dashboard may read',
      role: 'viewer',
      response: scopedVariables,
      handler: () => variables.list(),
    }),
    route({
      method: 'post',
      path: '/api/environment/variables/:name/reveal',
      summary: 'Shows the value of one scoped variable',
      role: 'admin',
      // A stolen access token must not reveal secrets of the environment.
      sessionOnly: true,
      confirm: true,
      noStore: true,
      params: z.object({ name: z.string().min(1).max(200) }),
      response: revealedVariable,
      onRepeat: 'harmless',
      handler: ({ params: { name }, person }) => variables.reveal(name, person),
    }),
  ];
}
