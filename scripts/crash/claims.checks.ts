import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Claim, ClaimDetail } from '../../shared/src/claims.ts';
import type { Probe } from './claims.probe.ts';
import { instanceOf, tokenOf } from './claims.wire.ts';
import type { WireRecord } from './claims.wire.ts';

export type Problem = string | null;

export type Aftermath = {
  probe: Probe;
  containerId: string;
  wire: WireRecord;
  claims: ClaimDetail[];
};

const up = ['starting', 'running'];

/** Retries until there is no problem or `timeoutMs` have passed. */
export async function eventually(ask: () => Promise<Problem>, timeoutMs: number): Promise<Problem> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const problem = await ask().catch((error: unknown) => String(error));
    if (problem === null || Date.now() > until) return problem;
    await sleep(250);
  }
}

/** Null once no claim is in a transitional state. */
export async function unsettled(probe: Probe): Promise<Problem> {
  const moving = (await probe.claims('open')).filter(({ state }) => state !== 'running');
  return moving.length === 0 ? null : `still on their way: ${moving.map(labelOf).join(', ')}`;
}

/** Running rows = spawned and not released on the wire = listed by the pinned shards = running instances. */
export async function disagreement({ probe, containerId, wire }: Aftermath): Promise<Problem> {
  const ledger = (await probe.claims('open')).map(({ instanceId }) => instanceId ?? '');
  const wired = [...wire.running.keys()];
  if (!sameSet(ledger, wired))
    return `the ledger runs ${list(ledger)}, the scheduler was told ${list(wired)}`;
  for (const address of probe.addresses) {
    const active = Object.keys(await probe.active(address, containerId));
    const here = wired.filter((id) => wire.running.get(id)?.address === address);
    const missing = here.filter((id) => !active.includes(id));
    if (missing.length > 0) return `${address} does not list ${list(missing)}`;
    const astray = wired.filter((id) => !here.includes(id) && active.includes(id));
    if (astray.length > 0) return `${address} lists ${list(astray)} of another shard`;
  }
  const instances = await probe.instances();
  const down = wired.filter((id) => !up.includes(stateOf(instances, id)));
  return down.length === 0 ? null : `not up by the internal API: ${list(down)}`;
}

/** The page's pool counts as ours exactly the running instances with a ledger row. */
export async function poolView({ probe, containerId, wire }: Aftermath): Promise<Problem> {
  const ours = (await probe.pools()).find((pool) => pool.containerId === containerId)?.ours;
  return ours === wire.running.size ? null : `ours: expected ${wire.running.size}, got ${ours}`;
}

/** No token is spawned twice; the simulator counted as many spawns as were forwarded; no task started anything. */
export function spawnedTwice({ wire }: Aftermath, counted: Record<string, number>): Problem {
  const tokens = wire.spawns.map(tokenOf);
  const again = tokens.length - new Set(tokens).size;
  if (again > 0) return `${again} spawns were sent a second time`;
  const spawns = counted['POST /v1/functions/:id/spawn'] ?? 0;
  return spawns === tokens.length ? null : `${tokens.length} spawns passed, the scheduler counted ${spawns}`;
}

/** Each call that reached the scheduler has its intent in the ledger. */
export function withoutIntent({ wire, claims }: Aftermath): Problem {
  const steps = claims.flatMap(({ instanceId, transitions }) =>
    transitions.map((step) => ({ instanceId, ...step })),
  );
  const asked = steps.filter(({ from, to }) => to === 'requested' && from !== 'claimed').length;
  if (wire.claims.length > asked) return `${wire.claims.length} claims were sent, ${asked} are written down`;
  for (const [calls, to] of [
    [wire.spawns, 'spawning'],
    [wire.releases, 'releasing'],
  ] as const) {
    const known = new Set(steps.filter((step) => step.to === to).map(({ instanceId }) => instanceId));
    const stray = calls.map(instanceOf).filter((id) => !known.has(id));
    if (stray.length > 0) return `no row is ${to} for a call about ${list(stray)}`;
  }
  return null;
}

/** Claim, spawn and release of one claim went to one shard. */
export function strayedFromShard({ wire }: Aftermath): Problem {
  const shards = new Map<string, Set<string>>();
  for (const call of [...wire.claims, ...wire.spawns, ...wire.releases]) {
    const token = tokenOf(call);
    shards.set(token, (shards.get(token) ?? new Set()).add(call.address));
  }
  const strays = [...shards.values()].filter((addresses) => addresses.size > 1).length;
  return strays === 0 ? null : `${strays} claims were called at more than one shard`;
}

/** No two open rows hold one instance. */
export async function sharedInstance({ probe }: Aftermath): Promise<Problem> {
  const held = (await probe.claims('open')).flatMap(({ instanceId }) => instanceId ?? []);
  const twice = held.filter((id, place) => held.indexOf(id) !== place);
  return twice.length === 0 ? null : `two rows for ${list(twice)}`;
}

/** Each claim's steps follow each other from its first to the state it is in. */
export function brokenHistory({ claims }: Aftermath): Problem {
  const broken = claims.filter(({ state, transitions }) => {
    const from = transitions.map((step) => step.from);
    const to = [null, ...transitions.map((step) => step.to)];
    return to.at(-1) !== state || from.some((each, place) => each !== to[place]);
  });
  return broken.length === 0 ? null : `gaps in the steps of ${broken.map(labelOf).join(', ')}`;
}

/** No token that was seen on the wire can be read in the store's files. */
export function readableTokens({ wire }: Aftermath, storeDir: string): Problem {
  const tokens = new Set(wire.claims.map(tokenOf));
  const files = readdirSync(storeDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'latin1'));
  const readable = [...tokens].filter((token) => files.some((content) => content.includes(token)));
  return readable.length === 0 ? null : `${readable.length} of ${tokens.size} tokens can be read at rest`;
}

/** An instance that starts after `at` was claimed by another caller. */
export type Released = { instanceIds: string[]; at: number };

/** No instance of the pool is held, running or stopping for us. */
export async function stillHeld(
  { probe, containerId }: Aftermath,
  { instanceIds, at }: Released,
): Promise<Problem> {
  const pool = (await probe.control()).functions.find(({ id }) => id === containerId);
  const shards = pool?.shards ?? [];
  const active = shards.flatMap((shard) => shard.active);
  const idle = shards.reduce((sum, shard) => sum + shard.idle, 0);
  const instances = (await probe.instances()).filter(({ container_id }) => container_id === containerId);
  const still = instances.filter(
    ({ id, state }) => instanceIds.includes(id) && active.includes(id) && Date.parse(state.changed) < at,
  );
  if (still.length > 0) return `still running: ${list(still.map(({ id }) => id))}`;
  const missing = instances.length - idle - active.length;
  return missing === 0 ? null : `${missing} of ${instances.length} instances are neither idle nor running`;
}

export function labelOf({ id, state }: Pick<Claim, 'id' | 'state'>): string {
  return `${id} (${state})`;
}

function stateOf(instances: { id: string; state: { current: string } }[], id: string): string {
  return instances.find((instance) => instance.id === id)?.state.current ?? 'not there';
}

function sameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

function list(ids: string[]): string {
  return ids.length === 0 ? 'nothing' : ids.join(', ');
}
