import { setTimeout as sleep } from 'node:timers/promises';

import type { Claim, ClaimState } from '../../shared/src/claims.ts';
import { paths } from '../../shared/src/paths.ts';
import { post, waitForState } from './calls.ts';
import type { Problem } from './claims.checks.ts';
import type { WireRecord } from './claims.wire.ts';
import { killDuringWork, killDuring, killPoints } from './kill-points.ts';
import type { KillPoint } from './kill-points.ts';
import type { CrashWorld } from './worlds.ts';

export type Stage = { world: CrashWorld; containerId: string; random: () => number };

/** What is done up to the kill, and how the claim under test may end. */
export type Scene = {
  name: string;
  /** Ends with the server killed. Returns the claim under test; null: the newest one. */
  play(stage: Stage): Promise<string | null>;
  /** Allowed end states of that claim; absent where the scene covers many claims. */
  ends?: readonly ClaimState[];
  /** Must be over, besides every transition, before anything is checked. */
  over?(stage: Stage, about: string | null): Promise<Problem>;
  /** Checks of this scene only, by name. */
  holds?(stage: Stage, wire: WireRecord): Promise<(readonly [what: string, problem: Problem])[]>;
};

export type Verb = 'claim' | 'spawn' | 'release';
const settledIn: Record<Verb, Record<KillPoint, readonly ClaimState[]>> = {
  claim: { 'request held': ['expired'], 'answer held': ['expired'], 'answer handed over': ['expired'] },
  spawn: { 'request held': ['expired'], 'answer held': ['running'], 'answer handed over': ['running'] },
  release: { 'request held': ['released'], 'answer held': ['released'], 'answer handed over': ['released'] },
};
/** An unspawned claim ends by our release or by the end of its window, whichever is first. */
const releasedOrExpired: readonly ClaimState[] = ['released', 'expired'];

/** One scene per kill point, and one with many callers and random kills. */
export const claimScenes: readonly Scene[] = [
  ...killPoints.map((killPoint) => sceneOf('claim', killPoint, async () => null)),
  ...killPoints.map((killPoint) => sceneOf('spawn', killPoint, claimed)),
  ...killPoints.map((killPoint) => sceneOf('release', killPoint, running)),
  ...killPoints.map((killPoint) => ({
    ...sceneOf('release', killPoint, claimed),
    name: `release before a spawn, ${killPoint}`,
    ends: releasedOrExpired,
  })),
  {
    name: 'claimed, nothing under way',
    ends: releasedOrExpired,
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
      await killDuring(stage.world, 'spawn', 'answer held', () => run(stage));
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
      await killDuring(stage.world, verb, killPoint, call);
      return claim?.id ?? null;
    },
  };
}

export function claimed(stage: Stage): Promise<Claim> {
  return post(stage.world, paths.claims(), { containerId: stage.containerId });
}

export function run(
  stage: Stage,
  over: { releaseAfterSeconds?: number } = {},
  idempotencyKey?: string,
): Promise<Claim> {
  const spawn = { environmentVariables: { CASE: 'crash' } };
  const body = { containerId: stage.containerId, spawn, ...over };
  return post(stage.world, paths.claims(), body, idempotencyKey);
}

async function running(stage: Stage): Promise<Claim> {
  const { id } = await run(stage);
  return becomes(stage, id, 'running');
}

export function becomes({ world }: Stage, id: string, state: ClaimState): Promise<Claim> {
  return waitForState(`claim ${id}`, state, async () => {
    const { body } = await world.api.call('GET', paths.claim(id));
    return body as Claim;
  });
}

export function act(stage: Stage, id: string, verb: Verb): Promise<Claim> {
  return verb === 'spawn'
    ? post(stage.world, paths.claimSpawn(id), {})
    : post(stage.world, paths.claimRelease(id), {});
}

const RUNNERS = 6;
const LONGEST_DELAY_MS = 40;
const LONGEST_LIFE_MS = 1_500;

async function playBatch(stage: Stage): Promise<null> {
  const { world, random } = stage;
  await killDuringWork(
    world,
    random,
    { runners: RUNNERS, longestDelayMs: LONGEST_DELAY_MS, longestLifeMs: LONGEST_LIFE_MS },
    () => workUntilKilled(stage),
  );
  return null;
}

/** Claims, spawns and releases until a call fails. */
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
  } catch {}
}
