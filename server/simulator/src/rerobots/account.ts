import { empty, ok } from './reply.ts';
import type { Route } from './route.ts';
import { guarded, open } from './route.ts';

const home = 'https://api.rerobots.net';
const noAuthentication = 'authentication failed';

/** GET /, POST /revoke/:sha256 and POST /purge. */
export const accountRoutes: Route[] = [
  open('GET', '/', 'bare', () =>
    ok({
      workspace_types: `${home}/workspaces`,
      workspace_deployments: `${home}/deployments{/workspace_type}`,
      deployment_details: `${home}/deployment/:deploymentID`,
      create_instance: `${home}/new/{:workspace_type,:deploymentID}`,
      vpn: `${home}/vpn/:instanceID`,
      firewall: `${home}/firewall/:instanceID`,
      terminate_instance: `${home}/terminate/:instanceID`,
    }),
  ),
  guarded(
    'POST',
    '/revoke/{hash:sha256}',
    'bare',
    ({ tokens, caller, param }) => {
      tokens.revoke(caller.user, param('hash').toLowerCase());
      return empty();
    },
    noAuthentication,
  ),
  guarded(
    'POST',
    '/purge',
    'bare',
    ({ tokens, caller }) => {
      tokens.purge(caller.user);
      return empty();
    },
    noAuthentication,
  ),
];
