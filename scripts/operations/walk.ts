import { setTimeout as sleep } from 'node:timers/promises';

import { catalogue, findOperation } from '../../shared/src/catalogue.ts';
import type { Operation, ProxiedUpstream } from '../../shared/src/catalogue.ts';
import { contradiction } from './agrees.ts';
import { findThings, launchWatched, proxiedCall } from './inputs.ts';
import type { Made, Things } from './inputs.ts';
import { routeSteps } from './routes.ts';
import type { Answer, Counts, World } from './world.ts';

type Scene = { world: World; things: Things; made: Made };

const SETTLES_WITHIN_MS = 60_000;
const ASKED_WITHIN_MS = 30_000;
/** Makes what others need first, takes it away last, and ends with what holds up everything else. */
const ORDER: readonly RegExp[] = [
  /\.activate$|\.put$|\.ci\.new$|rule\.add$|firewall\.add$|lockout$/,
  /^$/,
  /\.vnc\.start$|job\.restart$/,
  /\.vnc\.stop$/,
  /\.deactivate$|rule\.remove$|firewall\.clear$|lockout\.lift$|hardshare\.terminate$/,
  /^scheduler\.functions\.(claim|spawn|release)$|conductor|^rerobots\.(new|terminate)|reservation\.cancel$|vpn\.login/,
  /\.revoke$/,
  /\.purge$/,
  /\.reboot$/,
  /\.poweroff$/,
];
/** Place of what needs no order. */
const OTHERS = 1;

/**
 * Calls every operation of the catalogue through the product, and sees that the upstream was asked and what it said.
 * `problem` is null where it was.
 */
export async function walk(
  world: World,
  onOutcome: (operation: Operation, problem: string | null) => void,
): Promise<void> {
  const scene = { world, things: await findThings(world), made: {} };
  for (const operation of catalogue.toSorted((a, b) => rankOf(a) - rankOf(b)))
    onOutcome(operation, await callOne(operation, scene).catch((error: unknown) => String(error)));
}

function rankOf({ id }: Operation): number {
  const special = ORDER.findIndex((each) => each.test(id));
  return special === -1 ? OTHERS : special;
}

async function callOne(operation: Operation, scene: Scene): Promise<string | null> {
  const { world, things, made } = scene;
  if (operation.id === 'rerobots.hardshare.terminate') made['ownInstance'] = await launchOwn(world, things);
  if (operation.id === 'rerobots.instance.keep-alive') made['watched'] = await launchWatched(world);
  const asked = async (): Promise<number> =>
    timesAsked((await world.counts())[operation.upstream], operation);
  const before = await asked();
  const step = routeSteps[operation.id];
  if (!operation.proxied && step === undefined) return 'the product has no way to call it';
  const problem = step === undefined ? await callProxied(operation, scene) : refusalOf(await step(scene));
  if (problem !== null) return problem;
  const until = Date.now() + ASKED_WITHIN_MS;
  while (Date.now() < until) {
    if ((await asked()) > before) return null;
    await sleep(200);
  }
  return 'the upstream was not asked';
}

/** What takes time to start or to stop is asked again. */
async function callProxied(operation: Operation, { world, things, made }: Scene): Promise<string | null> {
  const call = proxiedCall(operation, things, made);
  const direct = { method: 'GET', path: call.path.replace(`/api/proxy/${operation.upstream}`, '') };
  const until = Date.now() + (operation.id.startsWith('rerobots.addon.') ? SETTLES_WITHIN_MS : 0);
  for (;;) {
    const reads = operation.method === 'GET';
    const first = reads ? await world.askUpstream(operation.upstream, direct) : null;
    const answer = await world.ask(call);
    const refusal = refusalOf(answer);
    if (refusal === null) {
      keep(operation.id, answer, made);
      if (first === null) return null;
      const second = await world.askUpstream(operation.upstream, direct);
      const other = contradiction(answer.json, first.json, second.json);
      return other === null ? null : `the answer differs from the upstream’s at ${other}`;
    }
    if (Date.now() >= until) return `${refusal} to ${call.method} ${call.path}`;
    await sleep(500);
  }
}

function refusalOf({ status, json }: Answer): string | null {
  if (status >= 200 && status < 300) return null;
  return `answered ${status} ${JSON.stringify(json)?.slice(0, 200) ?? ''}`;
}

function keep(id: string, { json }: Answer, made: Made): void {
  const { pid, jid, rule_id: rule } = (json ?? {}) as { pid?: string; jid?: number; rule_id?: number };
  if (id === 'rerobots.ci.new' && pid !== undefined) made['project'] = pid;
  if (id === 'rerobots.ci.job.new' && jid !== undefined) made['job'] = String(jid);
  if (id === 'rerobots.deployment.rule.add' && rule !== undefined) made['rule'] = String(rule);
}

/** An instance on hardware of the account's own, past the product. */
async function launchOwn(world: World, { ownDeployment }: Things): Promise<string> {
  const launched = await world.askUpstream('rerobots', {
    method: 'POST',
    path: `/new/${ownDeployment}`,
    body: {},
  });
  const { id = '' } = (launched.json ?? {}) as { id?: string };
  const until = Date.now() + SETTLES_WITHIN_MS;
  while (Date.now() < until) {
    const { json } = await world.askUpstream('rerobots', { method: 'GET', path: `/instance/${id}` });
    if ((json as { status?: string } | undefined)?.status === 'READY') break;
    await sleep(300);
  }
  return id;
}

function timesAsked(counts: Counts, { id, upstream }: { id: string; upstream: ProxiedUpstream }): number {
  return Object.entries(counts).reduce((sum, [address, count]) => {
    const [method = '', path = ''] = address.split(' ');
    const found = findOperation(upstream, method, path.replaceAll(':id', 'id'));
    return found?.operation.id === id ? sum + count : sum;
  }, 0);
}
