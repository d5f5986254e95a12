import { setTimeout as sleep } from 'node:timers/promises';

import { paths } from '../../shared/src/paths.ts';
import { accountOf } from '../lib/accounts.ts';
import { signIn } from '../lib/signed-in.ts';
import type { Journal, Kind } from './store.journal.ts';
import type { CrashWorld } from './worlds.ts';

/** Below what a person may have of each. */
const MOST_VIEWS = 20;
const MOST_PINS = 150;
const MOST_TOKENS = 40;
const MOST_SESSIONS = 12;
/** After a refusal: there is not a free instance or robot at every moment. */
const PAUSE_MS = 60;

export type Aims = { containerIds: string[]; deploymentIds: string[] };

/** Writes of every kind until the server is gone; what is answered with success goes into the journal. */
export async function writeUntilKilled(
  world: CrashWorld,
  journal: Journal,
  aims: Aims,
  random: () => number,
): Promise<void> {
  const one = (of: string[]): string => of[Math.floor(random() * of.length)] ?? '';
  const create = async (kind: Kind, path: string, body: object): Promise<string | null> => {
    const answer = await world.api.call('POST', path, body);
    if (answer.status >= 300) return null;
    const { id } = answer.body as { id: string };
    journal.rows.push({ kind, id });
    return id;
  };
  let names = Date.now();
  const views: string[] = [];
  const count = (kind: Kind): number => journal.rows.filter((row) => row.kind === kind).length;

  const writers: (() => Promise<unknown>)[] = [
    async () => {
      const id = await create('saved_views', paths.views(), { name: `v${(names += 1)}`, search: 'q=crash' });
      if (id !== null) views.push(id);
      const oldest = views.length > MOST_VIEWS ? views.shift() : undefined;
      if (oldest === undefined) return id;
      const { status } = await world.api.call('DELETE', paths.view(oldest));
      journal.rows = journal.rows.filter((row) => row.id !== oldest);
      if (status === 204) journal.deletedViews.push(oldest);
      return id;
    },
    () => create('claims', paths.claims(), { containerId: one(aims.containerIds) }),
    () => create('bookings', paths.bookings(), { deploymentId: one(aims.deploymentIds), sshPublicKey }),
    async () =>
      count('access_tokens') < MOST_TOKENS
        ? create('access_tokens', paths.accessTokens(), { name: `t${(names += 1)}` })
        : null,
    async () => {
      const id = `n${journal.pins.length}`;
      if (journal.pins.length >= MOST_PINS) return null;
      const { status } = await world.api.call('PUT', paths.pin(id));
      if (status === 204) journal.pins.push(id);
      return status === 204 ? id : null;
    },
    async () => {
      if (journal.sessions.length >= MOST_SESSIONS) return null;
      journal.sessions.push(await signIn(world.url, accountOf({ ...world.env }, 'viewer')));
      return null;
    },
  ];

  const loop = async (write: () => Promise<unknown>): Promise<void> => {
    try {
      while (true) {
        if ((await write()) !== null) continue;
        // One that has written all it may learns of the kill by this.
        await world.api.call('GET', paths.session());
        await sleep(PAUSE_MS);
      }
    } catch {
      // The server was killed.
    }
  };
  await Promise.all(writers.map(loop));
}

const sshPublicKey = `ssh-ed25519 ${'A'.repeat(68)} crash@proof`;
