import type { ContainerLives } from '@cyclorama/shared/environment.ts';
import type { Kysely } from 'kysely';

import { isoOf } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import { newestDeployments, restartsByContainer } from '../../../store/object-events.ts';
import type { Database } from '../../../store/schema.ts';

const DAY_MS = 86_400_000;
/** Goes through all events of a day, so it is made once for all who ask within this long. */
const KEEP_MS = 30_000;

type Deps = { db: Kysely<Database>; clock: Clock; ids: () => readonly string[] };

export function createContainerLives({ db, clock, ids }: Deps): () => Promise<ContainerLives> {
  let made: { at: number; answer: Promise<ContainerLives> } | null = null;

  const read = async (): Promise<ContainerLives> => {
    const [restarts, deployments] = await Promise.all([
      restartsByContainer(db, clock.now() - DAY_MS),
      newestDeployments(db, ids()),
    ]);
    const containers: ContainerLives['containers'] = {};
    for (const { id, count } of restarts) containers[id] = { restartsInDay: count, deployedAt: null };
    for (const { id, at } of deployments)
      containers[id] = { restartsInDay: containers[id]?.restartsInDay ?? 0, deployedAt: isoOf(at) };
    return { containers };
  };

  return async () => {
    if (made !== null && clock.now() - made.at < KEEP_MS) return await made.answer;
    const answer = read();
    made = { at: clock.now(), answer };
    answer.catch(() => (made = null));
    return await answer;
  };
}
