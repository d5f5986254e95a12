import type { Role } from '../../shared/src/common.ts';

export type { Role };

export type Account = { username: string; password: string };

/** Where the simulator's environment file keeps "name:password" of its account with each role. */
const variables: Record<Role, string> = {
  admin: 'SIM_VPN_USER',
  operator: 'SIM_OPERATOR',
  viewer: 'SIM_VIEWER',
};
export const roles: readonly Role[] = ['admin', 'operator', 'viewer'];

/** The simulator's account with a role. */
export function accountOf(env: Record<string, string>, role: Role): Account {
  const [username = '', ...password] = (env[variables[role]] ?? '').split(':');
  return { username, password: password.join(':') };
}
