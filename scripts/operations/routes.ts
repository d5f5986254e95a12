import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { paths } from '../../shared/src/paths.ts';
import type { Made, Things } from './inputs.ts';
import type { Answer, World } from './world.ts';

const WITHIN_MS = 60_000;

type Scene = { world: World; things: Things; made: Made };

/** How the product does what its proxy refuses, by operation. */
export const routeSteps: Readonly<Record<string, (scene: Scene) => Promise<Answer>>> = {
  'cycle.conductor.tasks': async ({ world, things }) => {
    const { json } = await world.ask({ method: 'GET', path: paths.topology() });
    const { nodes } = json as {
      nodes: { kind: string; id: string; state: { current: string }; containerId?: string }[];
    };
    const other = nodes.find(
      ({ kind, state, containerId }) =>
        kind === 'instance' && state.current === 'running' && containerId === things.containerId,
    );
    return post(world, paths.instanceTasks(other?.id ?? 'none'), { action: 'stop' });
  },
  'cycle.vpn.login': ({ world }) => world.signInAnother(),
  'scheduler.functions.claim': async ({ world, things, made }) => {
    const answer = await post(world, paths.claims(), { containerId: things.functionContainer });
    made['claim'] = idOf(answer);
    return answer;
  },
  'scheduler.functions.spawn': ({ world, made }) => post(world, paths.claimSpawn(made['claim'] ?? ''), {}),
  'scheduler.functions.release': ({ world, made }) => post(world, paths.claimRelease(made['claim'] ?? '')),
  'rerobots.new.target': async ({ world, made }) => {
    const answer = await post(world, paths.bookings(), { type: 'basic_kobuki' });
    made['booking'] = idOf(answer);
    return answer;
  },
  'rerobots.terminate': async ({ world, made }) => {
    const id = made['booking'] ?? '';
    await bookingIn(world, id, 'ready');
    return post(world, paths.bookingTerminate(id));
  },
  'rerobots.reservation.cancel': async ({ world, things }) => {
    const robot = things.robots.get('any') ?? '';
    const { json } = await world.askUpstream('rerobots', { method: 'GET', path: `/instance/${robot}` });
    const { deployment: deploymentId } = json as { deployment?: string };
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

function post(world: World, path: string, body?: unknown): Promise<Answer> {
  return world.ask({ method: 'POST', path, body });
}

function idOf({ json }: Answer): string {
  return (json as { id?: string } | undefined)?.id ?? '';
}

async function bookingIn(world: World, id: string, state: string): Promise<void> {
  const until = Date.now() + WITHIN_MS;
  while (Date.now() < until) {
    const { json } = await world.ask({ method: 'GET', path: paths.booking(id) });
    if ((json as { state?: string }).state === state) return;
    await sleep(300);
  }
}
