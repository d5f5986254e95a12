import { setTimeout as sleep } from 'node:timers/promises';

import type { Claim, ClaimState } from '../../shared/src/claims.ts';
import { paths } from '../../shared/src/paths.ts';
import type { Problem } from './claims.checks.ts';
import type { WireRecord } from './claims.wire.ts';
import { dieAmidWork, dieIn, killPoints } from './kill-points.ts';
import type { KillPoint } from './kill-points.ts';
import type { CrashWorld } from './worlds.ts';

export type Stage = { world: CrashWorld; containerId: string; random: () => number };

/** One way to die: what is done up to the kill, and what may have become of the claim it is about. */
export type Scene = {
  name: string;
  /** Ends with the server killed. Returns the claim it is about; null: the newest one. */
  play(stage: Stage): Promise<string | null>;
  /** That claim's state once everything is settled; absent where the scene is about many claims. */
  ends?: readonly ClaimState[];
  /** What must be over, besides every claim on its way, before anything is looked at. */
  over?(stage: Stage, about: string | null): Promise<Problem>;
  /** What must hold in this scene only, by name. */
  holds?(stage: Stage, wire: WireRecord): Promise<(readonly [what: string, problem: Problem])[]>;
};

const STATE_PATIENCE_MS = 60_000;

export type Verb = 'claim' | 'spawn' | 'release';
const settledIn: Record<Verb, Record<KillPoint, readonly ClaimState[]>> = {
  claim: { 'request held': ['expired'], 'answer held': ['expired'], 'answer handed over': ['expired'] },
  spawn: { 'request held': ['expired'], 'answer held': ['running'], 'answer handed over': ['running'] },
  release: { 'request held': ['released'], 'answer held': ['released'], 'answer handed over': ['released'] },
};
/** What was never spawned is let go by a release of ours or by the end of its window, whichever is first. */
const letGo: readonly ClaimState[] = ['released', 'expired'];

/** Every step of a claim's life at which the server can die, and many callers at once killed at random. */
export const claimScenes: readonly Scene[] = [
  ...killPoints.map((killPoint) => sceneOf('claim', killPoint, async () => null)),
  ...killPoints.map((killPoint) => sceneOf('spawn', killPoint, claimed)),
  ...killPoints.map((killPoint) => sceneOf('release', killPoint, running)),
  ...killPoints.map((killPoint) => ({
    ...sceneOf('release', killPoint, claimed),
    name: `release before a spawn, ${killPoint}`,
    ends: letGo,
  })),
  {
    name: 'claimed, nothing under way',
    ends: letGo,
    async play(stage) {
      const { id } = await claimed(stage);
      await stage.world.kill();
      return id;
    },
  },
  {
    name: 'claim and spawn in one call, spawn answer held',
    ends: settledIn.spawn['answer held'],
    async play(stage) {
      await dieIn(stage.world, 'spawn', 'answer held', () => run(stage));
      return null;
    },
  },
  { name: 'many at once, killed at random', play: playBatch },
];

function sceneOf(verb: Verb, killPoint: KillPoint, prepare: (stage: Stage) => Promise<Claim | null>): Scene {
  return {
    name: `${verb}, ${killPoint}`,
    ends: settledIn[verb][killPoint],
    async play(stage) {
      const claim = await prepare(stage);
      const call = claim ? () => act(stage, claim.id, verb) : () => claimed(stage);
      await dieIn(stage.world, verb, killPoint, call);
      return claim?.id ?? null;
    },
  };
}

/** A claim held and not spawned. */
export function claimed(stage: Stage): Promise<Claim> {
  return post(stage, paths.claims(), { containerId: stage.containerId });
}

/** A claim that is spawned at once. */
export function run(stage: Stage, over: { releaseAfterSeconds?: number } = {}): Promise<Claim> {
  const spawn = { environmentVariables: { CASE: 'crash' } };
  return post(stage, paths.claims(), { containerId: stage.containerId, spawn, ...over });
}

async function running(stage: Stage): Promise<Claim> {
  const { id } = await run(stage);
  return becomes(stage, id, 'running');
}

/** Waits until the claim is in a state; rejects where it never is. The first answer may come amid the way there. */
export async function becomes({ world }: Stage, id: string, state: ClaimState): Promise<Claim> {
  const until = Date.now() + STATE_PATIENCE_MS;
  for (;;) {
    const { body } = await world.api.call('GET', paths.claim(id));
    const claim = body as Claim;
    if (claim.state === state) return claim;
    if (Date.now() > until) throw new Error(`claim ${id} is not ${state} but ${claim.state}`);
    await sleep(200);
  }
}

/** Spawns or releases. */
export function act(stage: Stage, id: string, verb: Verb): Promise<Claim> {
  return verb === 'spawn' ? post(stage, paths.claimSpawn(id), {}) : post(stage, paths.claimRelease(id), {});
}

export async function post({ world }: Stage, path: string, body: object): Promise<Claim> {
  const answer = await world.api.call('POST', path, body);
  if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Claim;
}

const RUNNERS = 6;
const LONGEST_DELAY_MS = 40;
const LONGEST_LIFE_MS = 1_500;

async function playBatch(stage: Stage): Promise<null> {
  const { world, random } = stage;
  await dieAmidWork(
    world,
    random,
    { runners: RUNNERS, longestDelayMs: LONGEST_DELAY_MS, longestLifeMs: LONGEST_LIFE_MS },
    () => workUntilKilled(stage),
  );
  return null;
}

/** Claims, spawns and releases, one after the other, until a call fails. */
async function workUntilKilled(stage: Stage): Promise<void> {
  const { random } = stage;
  try {
    for (;;) {
      const inOne = random() < 0.5;
      const { id } = inOne ? await run(stage) : await claimed(stage);
      await sleep(random() * 50);
      if (!inOne) await act(stage, id, 'spawn');
      await sleep(random() * 150);
      await act(stage, id, 'release');
    }
  } catch {
    // The kill; or a refusal, which is an answer too: what became of it is looked up afterwards.
  }
}
