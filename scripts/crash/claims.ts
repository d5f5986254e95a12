import type { Claim } from '../../shared/src/claims.ts';
import {
  brokenHistory,
  disagreement,
  eventually,
  stillHeld,
  poolView,
  readableTokens,
  labelOf,
  sharedInstance,
  spawnedTwice,
  strayedFromShard,
  unsettled,
  withoutIntent,
} from './claims.checks.ts';
import type { Aftermath } from './claims.checks.ts';
import { createProbe } from './claims.probe.ts';
import type { Probe } from './claims.probe.ts';
import { act, becomes, claimScenes, run } from './claims.scenes.ts';
import type { Scene, Stage } from './claims.scenes.ts';
import { wireRecordOf } from './claims.wire.ts';
import { workScenes } from './claims.work-scenes.ts';
import type { Note, Subject } from './subject.ts';

/** The longest queue time is 8 s and the spawn window 10 s; the rest is slack for a busy machine. */
const SETTLE_TIMEOUT_MS = 60_000;
/** Other callers hold unspawned claims for ten seconds, and an instance takes three to stop. */
const POOL_TIMEOUT_MS = 90_000;
const AGREE_TIMEOUT_MS = 60_000;

const scenes = [...claimScenes, ...workScenes];

export const claimsSubject: Subject = {
  relayed: (env) => ({
    addresses: (env['SCHEDULER_ADDRESSES'] ?? '').split(','),
    port: Number(new URL(env['SCHEDULER_URL'] ?? '').port),
    waiting: '/claim',
    env: (port) => ({ SCHEDULER_URL: `http://localhost:${port}` }),
  }),
  scenes: scenes.map(({ name }) => name),
  async play(name, world, random, note) {
    const scene = scenes.find((each) => each.name === name);
    if (!scene) throw new Error(`scene: expected one of ${scenes.map((each) => each.name).join(', ')}`);
    const probe = createProbe(world);
    const pools = await eventuallyPools(probe);
    const containerId = pools[Math.floor(random() * pools.length)]?.containerId ?? '';
    const stage = { world, containerId, random };
    const begunAt = Date.now();
    const mark = world.relay.exchanges.length;
    const counted = await spawnCounts(probe);

    const bystander = await run(stage);
    const about = await scene.play(stage);
    await world.restart();
    const settled = async () => (await scene.over?.(stage, about)) ?? (await unsettled(probe));
    note('the ledger settles', await eventually(settled, SETTLE_TIMEOUT_MS));

    const claims = await rowsSince(probe, begunAt);
    const wire = wireRecordOf(world.relay.exchanges.slice(mark));
    const after: Aftermath = { probe, containerId, wire, claims };
    noteOutcome(note, scene, after, about, bystander);
    await noteAgreement(note, after);
    note('nothing is spawned twice', spawnedTwice(after, since(counted, await spawnCounts(probe))));
    note('no token is readable in the store', readableTokens(after, world.storeDir));
    for (const [what, problem] of (await scene.holds?.(stage, wire)) ?? []) note(what, problem);
    await noteEnd(note, stage, after, mark);
  },
};

async function eventuallyPools(probe: Probe) {
  let pools = await probe.pools();
  const problem = await eventually(async () => {
    pools = await probe.pools();
    return pools.length > 0 ? null : 'the server lists no function container';
  }, AGREE_TIMEOUT_MS);
  if (problem !== null) throw new Error(problem);
  return pools;
}

const spawnCounts = async (probe: Probe) => (await probe.control()).requests.scheduler;

function since(before: Record<string, number>, now: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(now).map(([call, count]) => [call, count - (before[call] ?? 0)]));
}

async function rowsSince(probe: Probe, begunAt: number) {
  const rows = (await probe.claims('all')).filter(({ requestedAt }) => Date.parse(requestedAt) >= begunAt);
  return Promise.all(rows.map(({ id }) => probe.detail(id)));
}

/** Checks the claim under test, and the bystander that ran throughout. */
function noteOutcome(
  note: Note,
  { ends }: Scene,
  { claims }: Aftermath,
  about: string | null,
  bystander: Claim,
): void {
  const stayed = claims.find(({ id }) => id === bystander.id);
  note(
    'the claim that ran before still runs',
    stayed?.state === 'running' ? null : `${bystander.id} is ${stayed?.state ?? 'not listed'}`,
  );
  if (!ends) return;
  const one = about === null ? claims[0] : claims.find(({ id }) => id === about);
  const right = one !== undefined && one.id !== bystander.id && ends.includes(one.state);
  note(`the claim is ${ends.join(' or ')}`, right ? null : one ? labelOf(one) : 'it is not listed');
}

async function noteAgreement(note: Note, after: Aftermath): Promise<void> {
  note('ledger, shards and environment agree', await eventually(() => disagreement(after), AGREE_TIMEOUT_MS));
  note('the pool view agrees', await eventually(() => poolView(after), AGREE_TIMEOUT_MS));
  note('no two rows hold one instance', await sharedInstance(after));
  note('every call has its intent in the ledger', withoutIntent(after));
  note('each claim stayed on its shard', strayedFromShard(after));
  note('every history is complete', brokenHistory(after));
}

/** Releases what runs; then nothing of ours is left in the pool. */
async function noteEnd(note: Note, stage: Stage, after: Aftermath, mark: number): Promise<void> {
  const open = await after.probe.claims('open');
  const at = Date.now();
  const release = async ({ id }: Claim): Promise<Claim> => {
    await act(stage, id, 'release');
    return becomes(stage, id, 'released');
  };
  const released = await Promise.allSettled(open.map(release));
  const failed = released.flatMap((each) => (each.status === 'rejected' ? String(each.reason) : []));
  note('every running claim can be released', failed.length === 0 ? null : failed.join('; '));
  const given = { instanceIds: open.flatMap(({ instanceId }) => instanceId ?? []), at };
  note(
    'every instance is back in the pool',
    await eventually(() => stillHeld(after, given), POOL_TIMEOUT_MS),
  );
  const left = wireRecordOf(stage.world.relay.exchanges.slice(mark)).running.size;
  note('nothing is left running', left === 0 ? null : `${left} were spawned and never released`);
}
