import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { environmentPaths } from '../../shared/src/paths-environment.ts';
import { paths } from '../../shared/src/paths.ts';
import type { Made, Things } from './inputs.ts';
import type { Answer, World } from './world.ts';

const WITHIN_MS = 60_000;
/** The simulator's other users don't book it; it has two robots. */
const UNSHARED_TYPE = 'basic_kobuki';

type Scene = { world: World; things: Things; made: Made };

/** How the product does what its proxy refuses, by operation. */
export const routeSteps: Readonly<Record<string, (scene: Scene) => Promise<Answer>>> = {
  'cycle.conductor.tasks': async ({ world, things }) => {
    return post(world, paths.instanceTasks(await runningInstance(world, things)), { action: 'stop' });
  },
  'platform.instance.console': async ({ world, things }) => {
    const id = await runningInstance(world, things);
    return world.ask({ method: 'GET', path: environmentPaths.instanceConsole(id) });
  },
  'cycle.vpn.login': ({ world }) => world.signInAnother(),
  'scheduler.functions.claim': async ({ world, things, made }) => {
    const answer = await post(world, paths.claims(), { containerId: things.functionContainer });
    made['claim'] = idOf(answer);
    return answer;
  },
  'scheduler.functions.spawn': ({ world, made }) => post(world, paths.claimSpawn(made['claim'] ?? ''), {}),
  'scheduler.functions.release': ({ world, made }) => post(world, paths.claimRelease(made['claim'] ?? '')),
  'rerobots.new': async ({ world, things, made }) => {
    const deploymentIds = await freeRobots(world, things, made);
    const answer = await post(world, paths.bookings(), { deploymentIds });
    made['anyOf'] = idOf(answer);
    return answer;
  },
  'rerobots.new.target': async ({ world, made }) => {
    // Until its robot is seen, another booking of the type waits here.
    await bookingIn(world, made['anyOf'] ?? '', 'ready');
    const answer = await post(world, paths.bookings(), { type: UNSHARED_TYPE });
    made['booking'] = idOf(answer);
    return answer;
  },
  'rerobots.terminate': async ({ world, made }) => {
    const id = made['booking'] ?? '';
    await bookingIn(world, id, 'ready');
    return post(world, paths.bookingTerminate(id));
  },
  'rerobots.reservation.cancel': async ({ world, made }) => {
    const { deploymentId } = await bookingIn(world, made['anyOf'] ?? '', 'ready');
    const id = idOf(await post(world, paths.bookings(), { deploymentId, reserve: true }));
    await bookingIn(world, id, 'queued');
    return post(world, paths.bookingCancel(id));
  },
  'rerobots.revoke': async ({ world }) => {
    const sha256 = createHash('sha256')
      .update(await world.issueRobotToken())
      .digest('hex');
    return post(world, paths.robotAccountRevoke(), { sha256 });
  },
  'rerobots.purge': ({ world }) => post(world, paths.robotAccountPurge(), { confirm: 'revoke every token' }),
};

/** As it is now: in the simulated world instances come and go. */
async function runningInstance(world: World, { containerId: wanted }: Things): Promise<string> {
  const { json } = await world.ask({ method: 'GET', path: paths.topology() });
  const { nodes } = json as {
    nodes: { kind: string; id: string; state: { current: string }; containerId?: string }[];
  };
  const running = nodes.filter(({ kind, state }) => kind === 'instance' && state.current === 'running');
  return (running.find(({ containerId }) => containerId === wanted) ?? running[0])?.id ?? 'none';
}

function post(world: World, path: string, body?: unknown): Promise<Answer> {
  return world.ask({ method: 'POST', path, body });
}

function idOf({ json }: Answer): string {
  return (json as { id?: string } | undefined)?.id ?? '';
}

type Booked = { state?: string; deploymentId?: string };

async function bookingIn(world: World, id: string, state: string): Promise<Booked> {
  let booked: Booked = {};
  const until = Date.now() + WITHIN_MS;
  while (Date.now() < until) {
    booked = (await world.ask({ method: 'GET', path: paths.booking(id) })).json as Booked;
    if (booked.state === state) return booked;
    await sleep(300);
  }
  throw new Error(
    `booking ${id} is ${booked.state ?? 'unknown'}, not ${state}, after ${WITHIN_MS / 1_000} s`,
  );
}

/** The deployments of the type, once what this run had of them has ended. */
async function freeRobots(world: World, { robots }: Things, { watched = '' }: Made): Promise<string[]> {
  const ask = (method: string, path: string) => world.askUpstream('rerobots', { method, path });
  for (const id of new Set([...robots.values(), watched])) await ask('POST', `/terminate/${id}`);
  const { json } = await ask('GET', `/deployments/${UNSHARED_TYPE}`);
  const { workspace_deployments: ids } = json as { workspace_deployments: string[] };
  const lengthOf = async (id: string): Promise<number> =>
    ((await ask('GET', `/queuelen/${id}`)).json as { len: number }).len;
  const until = Date.now() + WITHIN_MS;
  while (Date.now() < until) {
    const lengths = await Promise.all(ids.map((id) => lengthOf(id)));
    if (lengths.every((length) => length === 0)) break;
    await sleep(300);
  }
  return ids;
}
