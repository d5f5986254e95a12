import { paths } from '@cyclorama/shared/paths.ts';
import type { CiBuild } from '@cyclorama/shared/robot-access.ts';
import {
  accountTokenRequest,
  ciBuild,
  ciProjects,
  ciRequest,
  purgeRequest,
  revokeRequest,
  robotAccount,
} from '@cyclorama/shared/robot-access.ts';

import type { Route } from '../../../http/route.ts';
import { route } from '../../../http/route.ts';
import type { CiService } from './ci.service.ts';
import type { RobotAccountService } from './service.ts';

/** No response ever contains a token. */
export function robotAccountRoutes(account: RobotAccountService, ci: CiService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.robotAccount(),
      summary: 'The rerobots account and its token',
      role: 'admin',
      response: robotAccount,
      handler: () => account.account(),
    }),
    route({
      method: 'put',
      path: paths.robotAccountToken(),
      summary: 'Replaces the rerobots token',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      body: accountTokenRequest,
      response: robotAccount,
      onRepeat: 'harmless',
      handler: ({ body, person }) => account.setToken(body, person),
    }),
    route({
      method: 'post',
      path: paths.robotAccountRevoke(),
      summary: 'Revokes a rerobots token by its hash',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      body: revokeRequest,
      response: robotAccount,
      onRepeat: 'harmless',
      handler: ({ body, person }) => account.revoke(body.sha256, person),
    }),
    route({
      method: 'post',
      path: paths.robotAccountPurge(),
      summary: 'Revokes all tokens of the rerobots account',
      role: 'admin',
      sessionOnly: true,
      confirm: true,
      body: purgeRequest,
      response: robotAccount,
      onRepeat: 'harmless',
      handler: ({ person }) => account.purge(person),
    }),
    route({
      method: 'get',
      path: paths.robotCi(),
      summary: 'Lists the CI projects',
      role: 'viewer',
      response: ciProjects,
      handler: () => ci.projects(),
    }),
    route({
      method: 'post',
      path: paths.robotCi(),
      summary: 'Starts a CI build',
      role: 'operator',
      body: ciRequest,
      response: ciBuild,
      status: 201,
      onRepeat: ({ outcome }) => JSON.parse(outcome) as CiBuild,
      handler: ({ body, person, requestKey }) => ci.start(body, person, requestKey),
    }),
  ];
}
