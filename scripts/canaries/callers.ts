import type { Role } from '../../shared/src/common.ts';
import { paths } from '../../shared/src/paths.ts';
import { accountOf, roles } from '../lib/accounts.ts';
import { signIn } from '../lib/signed-in.ts';
import type { World } from './world.ts';

/** One way in: who it is, and the headers that prove it. */
export type Caller = { name: string; role: Role | null; headers: Record<string, string> };

/** Everybody at a browser and by token, and somebody who is not signed in. */
export async function callersOf({ url, env }: World): Promise<Caller[]> {
  const callers: Caller[] = [{ name: 'signed out', role: null, headers: {} }];
  for (const role of roles) {
    const { headers, call } = await signIn(url, accountOf(env, role));
    callers.push({ name: role, role, headers });
    const made = await call('POST', paths.accessTokens(), { name: 'canaries', role, expiresInDays: 1 });
    const { token } = made.body as { token?: string };
    if (token === undefined) throw new Error(`no access token for ${role}: ${JSON.stringify(made.body)}`);
    callers.push({ name: `${role}’s token`, role, headers: { authorization: `Bearer ${token}` } });
  }
  return callers;
}

export function callerNamed(callers: readonly Caller[], name: string): Caller {
  const caller = callers.find((each) => each.name === name);
  if (caller === undefined) throw new Error(`no caller ${name}`);
  return caller;
}
