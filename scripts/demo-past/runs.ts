import { randomUUID } from 'node:crypto';

import type { ClaimRow } from '../../server/src/store/claims.ts';
import type { Store } from '../../server/src/store/database.ts';
import { claimRow } from '../../server/src/testing/builders/claims.ts';
import * as wire from '../../server/src/upstream/cycle/wire.ts';
import type { ClaimState } from '../../shared/src/claims.ts';
import { insertMany } from './insert-many.ts';
import type { Look } from './looks.ts';

/** A function run of the dashboard's that has ended; epoch milliseconds. */
export type PastRun = { container: string; instance: string; claimed: number; from: number; to: number };

export async function recordRuns(
  db: Store['db'],
  runs: readonly PastRun[],
  { looks, owners }: { looks: readonly Look[]; owners: readonly string[] },
): Promise<void> {
  const names = new Map((looks[0]?.containers ?? []).map((row) => nameOf(row)));
  const claims: ClaimRow[] = [];
  const steps: Record<string, unknown>[] = [];
  for (const [index, { container, instance, claimed, from, to }] of runs.entries()) {
    const owner = owners[index % owners.length] ?? '';
    const id = randomUUID();
    const requested = claimed - 180;
    claims.push(
      claimRow({
        id,
        container_id: container,
        container_name: names.get(container) ?? container,
        instance_id: instance,
        scheduler_address: null,
        // Of an ended claim it is never opened.
        token: '',
        state: 'released',
        owner,
        requested_at: requested,
        spawn_by: null,
        claimed_at: claimed,
        spawned_at: from,
        ended_at: to,
      }),
    );
    const step = (
      at: number,
      from_state: ClaimState | null,
      to_state: ClaimState,
      cause: string,
      actor: string | null,
    ) => ({
      subject_id: id,
      at,
      from_state,
      to_state,
      actor,
      cause,
      answer: from_state === null ? null : '200',
    });
    steps.push(
      step(requested, null, 'requested', 'claim requested', owner),
      step(claimed, 'requested', 'claimed', 'claimed', owner),
      step(from - 600, 'claimed', 'spawning', 'spawn requested', owner),
      step(from, 'spawning', 'running', 'spawned', owner),
      step(to - 90, 'running', 'releasing', 'release requested', owner),
      step(to, 'releasing', 'released', 'released', owner),
    );
  }
  await insertMany(db, 'claims', claims);
  await insertMany(db, 'claim_transitions', steps);
}

function nameOf(row: unknown): [id: string, name: string] {
  const { id, name } = wire.container.parse(row);
  return [id, name ?? id];
}
