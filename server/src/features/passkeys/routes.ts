import {
  everyonesPasskeys,
  passkey,
  passkeyCeremony,
  passkeyRegistration,
  passkeyRename,
  passkeysResponse,
} from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import { relyingPartyOf, requireRelyingParty } from './relying-party.ts';
import type { PasskeysService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of a passkey') });

export function passkeyRoutes(passkeys: PasskeysService, publicUrl: string | null): Route[] {
  return [
    route({
      method: 'get',
      path: paths.passkeys(),
      summary: 'Lists your passkeys',
      role: 'viewer',
      beforePasskey: true,
      sessionOnly: true,
      response: passkeysResponse,
      handler: async ({ person, way, host }) => {
        const found = relyingPartyOf(publicUrl, host);
        return {
          policy: passkeys.policy,
          refusal: passkeys.addRefusal({ way }) ?? ('refusal' in found ? found.refusal : null),
          lastRefusal: way === 'access-token' ? null : passkeys.lastRefusal({ role: person.role, way }),
          passkeys: await passkeys.list(person.name),
        };
      },
    }),
    route({
      method: 'get',
      path: paths.everyonesPasskeys(),
      summary: 'Lists everyone’s passkeys',
      role: 'admin',
      sessionOnly: true,
      response: everyonesPasskeys,
      handler: async () => ({ passkeys: await passkeys.listAll() }),
    }),
    route({
      method: 'post',
      path: paths.passkeyOptions(),
      summary: 'Begins to add a passkey',
      role: 'viewer',
      beforePasskey: true,
      sessionOnly: true,
      confirm: true,
      noStore: true,
      response: passkeyCeremony,
      onRepeat: 'harmless',
      handler: ({ person, sessionId, way, host }) =>
        passkeys.beginRegistration({
          person: person.name,
          session: { id: sessionId, way },
          rp: requireRelyingParty(publicUrl, host),
        }),
    }),
    route({
      method: 'post',
      path: paths.passkeys(),
      summary: 'Adds the passkey the browser made',
      role: 'viewer',
      beforePasskey: true,
      // Its challenge is this session's and was given after a confirmation.
      sessionOnly: true,
      body: passkeyRegistration,
      response: passkey,
      status: 201,
      onRepeat: 'harmless',
      handler: ({ body, person, sessionId, way, host }) =>
        passkeys.register(body, {
          person: person.name,
          session: { id: sessionId, way },
          rp: requireRelyingParty(publicUrl, host),
        }),
    }),
    route({
      method: 'put',
      path: '/api/passkeys/:id',
      summary: 'Renames one of your passkeys',
      role: 'viewer',
      sessionOnly: true,
      params,
      body: passkeyRename,
      response: passkey,
      onRepeat: 'harmless',
      handler: ({ params: { id }, body, person }) => passkeys.rename(id, body.name, person),
    }),
    route({
      method: 'delete',
      path: '/api/passkeys/:id',
      summary: 'Removes a passkey; admins, anyone’s',
      role: 'viewer',
      sessionOnly: true,
      confirm: true,
      params,
      response: z.null(),
      status: 204,
      onRepeat: 'harmless',
      handler: async ({ params: { id }, person }) => {
        await passkeys.remove(id, person);
        return null;
      },
    }),
  ];
}
