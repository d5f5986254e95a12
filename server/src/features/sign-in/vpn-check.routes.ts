import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { vpnCheckRequest, vpnCheckResponse } from '@cyclorama/shared/vpn-check.ts';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { VpnCheck } from './vpn-check.ts';

export function vpnCheckRoutes(check: VpnCheck): Route[] {
  return [
    route({
      method: 'post',
      path: environmentPaths.vpnCheck(),
      summary: 'Whether a login of the environment’s VPN works',
      role: 'admin',
      // A stolen access token must not guess passwords.
      sessionOnly: true,
      noStore: true,
      body: vpnCheckRequest,
      response: vpnCheckResponse,
      onRepeat: 'harmless',
      handler: ({ body, person }) => check(body, person),
    }),
  ];
}
