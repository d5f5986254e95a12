import { launch, terminate } from './lifecycle.ts';
import { drawExponential, isOpen, startOutages } from './outages.ts';
import { reserve } from './reservations.ts';
import { otherUsers } from './scenarios.ts';
import type { Deployment, Instance, World } from './world.ts';
import { activeInstance, mayInstantiate, queueLength, waitingFor } from './world.ts';

const visitMeanMs = 75_000;
const sessionMeanMs = 240_000;
const forgetMs = 120_000;
const longestQueue = 4;

export type Others = {
  /** Another user books a deployment, or queues for it where it is taken. */
  book(deployment: Deployment): void;
  /** The other user on a deployment lets go of it; without one, the last of the others waiting leaves. */
  release(deployment: Deployment): boolean;
};

/** The other users of the robots: they come, queue, work and leave. */
export function startOthers(world: World, keepQueues: boolean): Others {
  const random = world.random.fork('others');
  const names = new Set(otherUsers);
  const options = { vpn: false, keepalive: false };

  const exponential = (mean: number, low: number, high: number) => drawExponential(random, mean, low, high);
  const othersWaiting = (deployment: Deployment) =>
    waitingFor(world, deployment).filter(({ user }) => names.has(user));

  function book(deployment: Deployment): void {
    const user = random.pick(otherUsers);
    if (queueLength(world, deployment) > 0) reserve(world, user, { deployment: deployment.id }, options);
    else launch(world, { id: random.uuid(), deployment, user, options, fromReservation: false });
  }

  function release(deployment: Deployment): boolean {
    const instance = activeInstance(world, deployment);
    if (instance && names.has(instance.user) && instance.status === 'READY') {
      terminate(world, instance);
      return true;
    }
    const last = othersWaiting(deployment).at(-1);
    return last !== undefined && world.reservations.delete(last.id);
  }

  function leaveQueue(deployment: Deployment): void {
    const waiting = othersWaiting(deployment);
    if (waiting.length > (keepQueues ? 2 : 0)) world.reservations.delete(random.pick(waiting).id);
  }

  function visit(deployment: Deployment): void {
    const length = queueLength(world, deployment);
    const arrives = random.chance(keepQueues ? 0.7 : 0.45);
    if (isOpen(deployment)) {
      if (length === 0 || (arrives && length <= longestQueue)) book(deployment);
      else if (random.chance(0.5)) leaveQueue(deployment);
    }
    world.clock.after(exponential(visitMeanMs, 4_000, 600_000), () => visit(deployment));
  }

  function endSession(instance: Instance): void {
    if (instance.status === 'READY') terminate(world, instance);
  }

  // Two at least on a robot in use, so that one still waits while the first is being let in.
  function topUp({ status, deployment }: Instance): void {
    if (status !== 'INIT' && status !== 'TERMINATING') return;
    for (let count = waitingFor(world, deployment).length; count < 2; count++) book(deployment);
  }

  function watch(instance: Instance): void {
    if (keepQueues) topUp(instance);
    if (!names.has(instance.user)) return;
    const { status } = instance;
    if (status === 'READY')
      world.clock.after(exponential(sessionMeanMs, 30_000, 1_800_000), () => endSession(instance));
    if (status === 'TERMINATED' || status === 'INIT_FAIL')
      world.clock.after(forgetMs, () => world.instances.delete(instance.id));
  }

  const lively = [...world.deployments.values()].filter(
    (deployment) => !deployment.quiet && otherUsers.some((user) => mayInstantiate(world, deployment, user)),
  );
  world.watchers.add(watch);
  // Those the scenario seated are on their robots already; their sessions are drawn as anyone's.
  for (const instance of world.instances.values()) if (instance.status === 'READY') watch(instance);
  for (const deployment of lively)
    world.clock.after(exponential(visitMeanMs, 2_000, 300_000), () => visit(deployment));
  startOutages(world, lively);
  return { book, release };
}
