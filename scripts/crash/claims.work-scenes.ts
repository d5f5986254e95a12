import { randomUUID } from 'node:crypto';

import type { Claim, ClaimBatch } from '../../shared/src/claims.ts';
import { paths } from '../../shared/src/paths.ts';
import { post } from './calls.ts';
import type { Problem } from './claims.checks.ts';
import { run } from './claims.scenes.ts';
import type { Scene, Stage, Verb } from './claims.scenes.ts';
import type { WireRecord } from './claims.wire.ts';
import { killDuring, killLater } from './kill-points.ts';
import type { KillPoint } from './kill-points.ts';

const RUNS = 5;
const AT_ONCE = 3;
/** Long enough to be killed before it. */
const RELEASE_AFTER_SECONDS = 3;

const diesInBatch: readonly [Verb, KillPoint][] = [
  ['claim', 'request held'],
  ['claim', 'answer held'],
  ['claim', 'answer handed over'],
  ['spawn', 'request held'],
  ['spawn', 'answer held'],
  ['release', 'request held'],
  ['release', 'answer held'],
];

export const workScenes: readonly Scene[] = [
  ...diesInBatch.map(([verb, killPoint]) => batchScene(verb, killPoint)),
  {
    name: 'timed release pending',
    ends: ['released'],
    async play(stage) {
      const { id } = await run(stage, { releaseAfterSeconds: RELEASE_AFTER_SECONDS });
      await stage.world.kill();
      return id;
    },
    over: (stage, about) => isReleased(stage, about ?? ''),
  },
  {
    name: 'timed release, answer held',
    ends: ['released'],
    async play(stage) {
      const { id } = await run(stage, { releaseAfterSeconds: RELEASE_AFTER_SECONDS });
      await killLater(stage.world, 'release', 'answer held', () => Promise.resolve());
      return id;
    },
  },
  ...(['claim', 'spawn'] as const).map((verb) => retryScene(verb)),
  sentAgain(),
];

function batchScene(verb: Verb, killPoint: KillPoint): Scene {
  return {
    name: `batch, ${verb}, ${killPoint}`,
    async play(stage) {
      const { containerId, world } = stage;
      const body = {
        containerId,
        count: RUNS,
        concurrency: AT_ONCE,
        releaseAfterSeconds: RELEASE_AFTER_SECONDS,
      };
      await killLater(world, verb, killPoint, () => post(stage.world, paths.claimBatches(), body));
      return null;
    },
    over: async (stage) => {
      const batch = await newestBatch(stage);
      return batch?.endedAt == null ? `the batch goes on: ${JSON.stringify(batch)}` : null;
    },
    async holds(stage, wire) {
      const batch = await newestBatch(stage);
      const whole = batch?.state === 'done' && batch.done === RUNS && batch.failed === 0;
      return [
        ['the batch is done', whole ? null : JSON.stringify(batch)],
        ['each run of the batch ran once', runsAmiss(wire)],
      ];
    },
  };
}

/** Runs of the batch that the scheduler spawned more or less than once, by their number in the variables. */
function runsAmiss({ spawns }: WireRecord): Problem {
  const spawned = spawns.filter(({ status }) => status === 200).map(({ body }) => numberOf(body));
  const times = Array.from(
    { length: RUNS },
    (_, index) => spawned.filter((each) => each === String(index)).length,
  );
  return times.every((count) => count === 1) ? null : `the runs were spawned ${times.join(', ')} times`;
}

function numberOf(body: unknown): string | undefined {
  type Spawn = { runtime_variables?: { environment_variables?: Record<string, string> } };
  return (body as Spawn).runtime_variables?.environment_variables?.['CLAIM_BATCH_INDEX'];
}

/** The sender of a claim never got an answer and sends it again, under its key, to the restarted server. */
function sentAgain(): Scene {
  const sent = new WeakMap<Stage, { key: string; firstId?: string | undefined }>();
  return {
    name: 'claim and spawn in one call, sent again under its key',
    ends: ['running'],
    async play(stage) {
      const key = randomUUID();
      sent.set(stage, { key });
      await killDuring(stage.world, 'spawn', 'answer held', () => run(stage, {}, key));
      return null;
    },
    async over(stage) {
      const request = sent.get(stage) ?? { key: '' };
      // Before it is sent again for the first time.
      request.firstId ??= (await listed(stage, 'all'))[0]?.id;
      const { id } = await run(stage, {}, request.key);
      return id === request.firstId ? null : `${id} was claimed besides ${request.firstId}`;
    },
  };
}

/** A refused claim is retried, and the server is killed during the retry. */
function retryScene(verb: 'claim' | 'spawn'): Scene {
  return {
    name: `retry, ${verb}, answer held`,
    ends: verb === 'claim' ? ['expired'] : ['running'],
    async play(stage) {
      const { id } = await refused(stage);
      await killDuring(stage.world, verb, 'answer held', () => post(stage.world, paths.claimRetry(id), {}));
      return null;
    },
    async holds(stage) {
      const [again] = await listed(stage, 'all');
      return [['the second try knows the first', again?.retryOf == null ? JSON.stringify(again) : null]];
    },
  };
}

/** Makes the scheduler refuse the key for one claim. */
async function refused(stage: Stage): Promise<Claim> {
  const { world, containerId } = stage;
  const match = { method: 'POST', pathPrefix: `/v1/functions/${containerId}/claim` };
  const begun = await fetch(`${world.env['SIM_CONTROL_URL']}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api: 'scheduler', kind: 'empty-403', count: 1, match }),
  });
  if (!begun.ok) throw new Error(`the fault was refused: ${await begun.text()}`);
  const outcome = await run(stage).then(
    () => 'granted',
    () => 'refused',
  );
  const [newest] = await listed(stage, 'ended');
  if (outcome !== 'refused' || newest?.state !== 'refused') throw new Error(`the claim was ${outcome}`);
  return newest;
}

async function listed({ world }: Stage, state: 'all' | 'ended'): Promise<Claim[]> {
  const { body } = await world.api.call('GET', `${paths.claims()}?state=${state}&limit=5`);
  return (body as { claims: Claim[] }).claims;
}

async function newestBatch({ world }: Stage): Promise<ClaimBatch | undefined> {
  const { body } = await world.api.call('GET', paths.claimBatches());
  return (body as { batches: ClaimBatch[] }).batches[0];
}

async function isReleased({ world }: Stage, id: string): Promise<Problem> {
  const { body } = await world.api.call('GET', paths.claim(id));
  const { state } = body as Claim;
  return state === 'released' ? null : `${id} is ${state}`;
}
