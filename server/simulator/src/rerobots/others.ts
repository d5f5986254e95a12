import { launch, terminate } from './lifecycle.ts';
import { drawExponential, isOpen, startOutages } from './outages.ts';
import { reserve } from './reservations.ts';
import { OTHER_USERS } from './scenarios.ts';
import type { Deployment, Instance, World } from './world.ts';
import { activeInstance, mayInstantiate, queueLength, waitingFor } from './world.ts';

const VISIT_MEAN_MS = 75_000;
const SESSION_MEAN_MS = 240_000;
const FORGET_MS = 120_000;
const LONGEST_QUEUE = 4;

export type Others = {
  /** Queues where the deployment is taken. */
  book(deployment: Deployment): void;
  /** Ends another user's instance or, if there is none, the last of their reservations; false if neither. */
  release(deployment: Deployment): boolean;
};

export function startOthers(world: World, keepQueues: boolean): Others {
  const random = world.random.fork('others');
  const names = new Set(OTHER_USERS);
  const options = { vpn: false, keepalive: false };

  const exponential = (mean: number, low: number, high: number) => drawExponential(random, mean, low, high);
  const othersWaiting = (deployment: Deployment) =>
    waitingFor(world, deployment).filter(({ user }) => names.has(user));

  function book(deployment: Deployment): void {
    const user = random.pick(OTHER_USERS);
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
      if (length === 0 || (arrives && length <= LONGEST_QUEUE)) book(deployment);
      else if (random.chance(0.5)) leaveQueue(deployment);
    }
    world.clock.after(exponential(VISIT_MEAN_MS, 4_000, 600_000), () => visit(deployment));
  }

  function endSession(instance: Instance): void {
    if (instance.status === 'READY') terminate(world, instance);
  }

  // At least two, so that one is still waiting while the first is being launched.
  function topUp({ status, deployment }: Instance): void {
    if (status !== 'INIT' && status !== 'TERMINATING') return;
    for (let count = waitingFor(world, deployment).length; count < 2; count++) book(deployment);
  }

  function watch(instance: Instance): void {
    if (keepQueues) topUp(instance);
    if (!names.has(instance.user)) return;
    const { status } = instance;
    if (status === 'READY')
      world.clock.after(exponential(SESSION_MEAN_MS, 30_000, 1_800_000), () => endSession(instance));
    if (status === 'TERMINATED' || status === 'INIT_FAIL')
      world.clock.after(FORGET_MS, () => world.instances.delete(instance.id));
  }

  const lively = [...world.deployments.values()].filter(
    (deployment) => !deployment.quiet && OTHER_USERS.some((user) => mayInstantiate(world, deployment, user)),
  );
  world.watchers.add(watch);
  // Instances the scenario began with never entered READY, so their sessions are drawn here.
  for (const instance of world.instances.values()) if (instance.status === 'READY') watch(instance);
  for (const deployment of lively)
    world.clock.after(exponential(VISIT_MEAN_MS, 2_000, 300_000), () => visit(deployment));
  startOutages(world, lively);
  return { book, release };
}
