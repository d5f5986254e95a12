import type { AccessTokenCreated } from '@cyclorama/shared/access-tokens.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import type { TeamPerson, TeamResponse } from '@cyclorama/shared/team.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Store } from '../../store/database.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { startTestServer } from '../../testing/server.fixture.ts';

const env = { ADMIN_USERS: 'ada', OPERATOR_USERS: 'oscar', TRUST_PROXY: '1' };

export type Replicas = { server: TestServer; other: TestServer };

export async function startReplicas(store: Store, clock: Clock): Promise<Replicas> {
  const server = await startTestServer({ store, env, clock });
  return { server, other: await startTestServer({ beside: server, env, clock }) };
}

/** Leaves nobody in the store. */
export async function endReplicas({ server, other }: Replicas, store: Store): Promise<void> {
  await other.close();
  await server.close();
  for (const table of ['sessions', 'people', 'access_tokens'] as const) {
    await store.db.deleteFrom(table).execute();
  }
}

export async function makeToken(browser: Browser, role: Role = 'viewer'): Promise<AccessTokenCreated> {
  const answer = await browser.post('/api/access-tokens', { body: { name: 'ci', role, expiresInDays: 365 } });
  return (await answer.json()) as AccessTokenCreated;
}

export async function peopleSeenBy(browser: Browser): Promise<TeamPerson[]> {
  return ((await (await browser.get('/api/team')).json()) as TeamResponse).people;
}

export async function personOf(browser: Browser, name: string): Promise<TeamPerson | undefined> {
  return (await peopleSeenBy(browser)).find((each) => each.name === name);
}

export async function statusOf(browser: Browser): Promise<number> {
  return (await browser.get('/api/session')).status;
}
