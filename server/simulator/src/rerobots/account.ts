import { empty, ok } from './reply.ts';
import type { Route } from './route.ts';
import { guarded, open } from './route.ts';

const HOME = 'https://api.rerobots.net';
const NO_AUTHENTICATION = 'authentication failed';

export const accountRoutes: Route[] = [
  open('GET', '/', 'bare', () =>
    ok({
      workspace_types: `${HOME}/workspaces`,
      workspace_deployments: `${HOME}/deployments{/workspace_type}`,
      deployment_details: `${HOME}/deployment/:deploymentID`,
      create_instance: `${HOME}/new/{:workspace_type,:deploymentID}`,
      vpn: `${HOME}/vpn/:instanceID`,
      firewall: `${HOME}/firewall/:instanceID`,
      terminate_instance: `${HOME}/terminate/:instanceID`,
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
    NO_AUTHENTICATION,
  ),
  guarded(
    'POST',
    '/purge',
    'bare',
    ({ tokens, caller }) => {
      tokens.purge(caller.user);
      return empty();
    },
    NO_AUTHENTICATION,
  ),
];
