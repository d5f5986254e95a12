import type { Role } from '../../shared/src/common.ts';

export type { Role };

export type Account = { username: string; password: string };

const variables: Record<Role, string> = {
  admin: 'SIM_VPN_USER',
  operator: 'SIM_OPERATOR',
  viewer: 'SIM_VIEWER',
};
export const roles: readonly Role[] = ['admin', 'operator', 'viewer'];

export function accountOf(env: Record<string, string>, role: Role): Account {
  const [username = '', ...password] = (env[variables[role]] ?? '').split(':');
  return { username, password: password.join(':') };
}
