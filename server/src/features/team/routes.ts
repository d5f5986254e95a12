import { ownSessionsResponse, roleChange, teamResponse } from '@cyclorama/shared/team.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { TeamService } from './service.ts';

const name = z.string().min(1).max(200);
const id = z.string().min(1).max(100);
const done = { response: z.null(), status: 204, onRepeat: 'harmless' } as const;

/** None with an access token: a stolen one must show nobody's sessions and end none. */
export function teamRoutes(team: TeamService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/sessions',
      summary: 'Where the caller is signed in',
      role: 'viewer',
      sessionOnly: true,
      noStore: true,
      response: ownSessionsResponse,
      handler: ({ person, sessionId }) => team.ownSessions(person, sessionId),
    }),
    route({
      method: 'delete',
      path: '/api/sessions',
      summary: 'Ends the caller’s other sessions',
      role: 'viewer',
      sessionOnly: true,
      ...done,
      handler: async ({ person, sessionId }) => {
        await team.endOtherSessions(person, sessionId);
        return null;
      },
    }),
    route({
      method: 'delete',
      path: '/api/sessions/:id',
      summary: 'Ends a session of the caller',
      role: 'viewer',
      sessionOnly: true,
      params: z.object({ id }),
      ...done,
      handler: async ({ params, person }) => {
        await team.endSession(person.name, params.id, person);
        return null;
      },
    }),
    route({
      method: 'get',
      path: '/api/team',
      summary: 'People, with their roles, sessions and access tokens',
      role: 'viewer',
      sessionOnly: true,
      noStore: true,
      response: teamResponse,
      handler: ({ person, sessionId }) => team.list(person, sessionId),
    }),
    route({
      method: 'put',
      path: '/api/team/:name/role',
      summary: 'Gives a person a role',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      params: z.object({ name }),
      body: roleChange,
      ...done,
      handler: async ({ params, body, person }) => {
        await team.setRole(params.name, body.role, person);
        return null;
      },
    }),
    route({
      method: 'delete',
      path: '/api/team/:name',
      summary: 'Frees a name for whoever signs in with it next',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      params: z.object({ name }),
      ...done,
      handler: async ({ params, person }) => {
        await team.freeName(params.name, person);
        return null;
      },
    }),
    route({
      method: 'put',
      path: '/api/team/:name/block',
      summary: 'Blocks a person at once',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      params: z.object({ name }),
      ...done,
      handler: async ({ params, person }) => {
        await team.block(params.name, person);
        return null;
      },
    }),
    route({
      method: 'delete',
      path: '/api/team/:name/block',
      summary: 'Unblocks a person',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      params: z.object({ name }),
      ...done,
      handler: async ({ params, person }) => {
        await team.unblock(params.name, person);
        return null;
      },
    }),
    route({
      method: 'delete',
      path: '/api/team/:name/sessions/:id',
      summary: 'Ends a session of a person',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      params: z.object({ name, id }),
      ...done,
      handler: async ({ params, person }) => {
        await team.endSession(params.name, params.id, person);
        return null;
      },
    }),
    route({
      method: 'delete',
      path: '/api/team/:name/tokens/:id',
      summary: 'Revokes an access token of a person',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      params: z.object({ name, id }),
      ...done,
      handler: async ({ params, person }) => {
        await team.revokeToken(params.name, params.id, person);
        return null;
      },
    }),
  ];
}
