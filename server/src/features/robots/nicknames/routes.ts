import { nicknameRequest, nicknameResponse } from '@cyclorama/shared/robot-fleet.ts';
import { z } from 'zod';

import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import type { NicknameService } from './service.ts';

export function nicknameRoutes(nicknames: NicknameService): Route[] {
  return [
    route({
      method: 'put',
      path: '/api/robots/deployments/:id/nickname',
      summary: 'Gives a robot a nickname, or takes it away',
      role: 'admin',
      params: z.object({ id: z.uuid('expected the id of a deployment') }),
      body: nicknameRequest,
      response: nicknameResponse,
      onRepeat: 'harmless',
      handler: async ({ params: { id }, body: { nickname }, person }) => {
        await nicknames.set(id, nickname, person);
        return { nickname };
      },
    }),
  ];
}
