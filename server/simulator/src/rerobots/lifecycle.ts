import { toMicros } from './format.ts';
import { instanceKeyPair } from './instance-keys.ts';
import { sshHostKeyPair } from './keys.ts';
import type { Deployment, Instance, InstanceStatus, LaunchOptions, World } from './world.ts';
import { activeInstance, draw, heartbeatAge, stampNow } from './world.ts';

const NACK_MS = 5_500;
const NO_ACK_MS = 30_000;
/** Observed: an instance still INIT after 60 s is detected at 70 s. */
const STUCK_MS = 70_000;
const LONGEST_STOP_MS = 60_000;
const EXPIRY_CHECK_MS = [0, 12_000] as const;
const KEEPALIVE_MS = 60_000;
const KEEPALIVE_CHECK_MS = 15_000;

export type LaunchOrder = {
  id: string;
  deployment: Deployment;
  user: string;
  options: LaunchOptions;
  fromReservation: boolean;
};

function enter(world: World, instance: Instance, status: InstanceStatus): void {
  instance.status = status;
  for (const watcher of world.watchers) watcher(instance);
}

function fail(world: World, instance: Instance, lockout: boolean): void {
  if (instance.status !== 'INIT') return;
  if (lockout) instance.deployment.lockout = true;
  enter(world, instance, 'INIT_FAIL');
}

function buildInstance(world: World, order: LaunchOrder, start: number): Instance {
  return {
    ...order,
    status: 'INIT',
    start,
    end: null,
    hostKeys: sshHostKeyPair(world.random.fork(`host ${order.id}`)),
    fwd: null,
    firewall: null,
    vpnClients: [],
    addons: new Map(),
    lastPing: world.clock.now(),
  };
}

/** An address for documentation, where nobody answers (RFC 5737). */
function nowhere({ random }: World) {
  return { ipv4: `198.51.100.${random.int(2, 254)}`, port: random.int(2210, 32_767) };
}

function becomeReady(world: World, instance: Instance, fwd: NonNullable<Instance['fwd']>): void {
  if (instance.status !== 'INIT') return;
  const { random } = world;
  instance.fwd = fwd;
  instance.firewall = [];
  if (instance.options.vpn) instance.vpnClients.push({ id: random.hex(12), user: '' });
  enter(world, instance, 'READY');
}

/** With SSH hosts, the user's own instances get an address that can be logged in to. */
function arrive(world: World, instance: Instance): void {
  const { ssh, userName, profile } = world;
  if (ssh === undefined || instance.user !== userName) return becomeReady(world, instance, nowhere(world));
  if (instance.status !== 'INIT') return;
  const { hostKeys, options } = instance;
  // Observed: a given public key is added to the generated pair. Documented: it takes the pair's place.
  const isGenerated = profile === 'observed' || options.sshkey === undefined;
  const generated = isGenerated ? [instanceKeyPair(world, instance.id).publicKey] : [];
  const opened = ssh.open({
    instanceId: instance.id,
    hostKey: hostKeys.privateKey,
    authorizedKeys: [...generated, ...(options.sshkey === undefined ? [] : [options.sshkey])],
    rules: () => instance.firewall,
  });
  opened.then(
    (fwd) => becomeReady(world, instance, fwd),
    () => fail(world, instance, false),
  );
}

function startDevice(world: World, instance: Instance): void {
  const { clock, random } = world;
  const { deployment } = instance;
  const { device } = deployment;
  const refuses = deployment.failNext || random.chance(device.nack);
  deployment.failNext = false;
  if (heartbeatAge(world, deployment) > 0 || random.chance(device.silent))
    clock.after(NO_ACK_MS, () => fail(world, instance, false));
  else if (refuses) clock.after(NACK_MS, () => fail(world, instance, false));
  else if (random.chance(device.stuck)) clock.after(STUCK_MS, () => fail(world, instance, true));
  else clock.after(draw(world, device.readyMs), () => arrive(world, instance));
}

function expire(world: World, instance: Instance): void {
  if (instance.status === 'READY') terminate(world, instance);
  else if (instance.status === 'INIT') world.clock.after(KEEPALIVE_CHECK_MS, () => expire(world, instance));
}

function checkKeepalive(world: World, instance: Instance): void {
  const silence = world.clock.now() - instance.lastPing;
  if (instance.status === 'READY' && silence > KEEPALIVE_MS) terminate(world, instance);
  else if (instance.status === 'INIT' || instance.status === 'READY')
    world.clock.after(KEEPALIVE_CHECK_MS, () => checkKeepalive(world, instance));
}

function writeRow(world: World, order: LaunchOrder): void {
  // A reservation lasts until its instance exists; one that was cancelled in between comes to nothing, as a rule.
  const { reservations, cancelledTooLate } = world;
  const stands = reservations.delete(order.id) || cancelledTooLate.delete(order.id);
  if (order.fromReservation && !stands) return;
  const taken = activeInstance(world, order.deployment);
  const instance = buildInstance(world, order, stampNow(world));
  world.instances.set(instance.id, instance);
  if (taken) {
    // The loser of two launches in one worker window: no callback, no device, no INIT in between.
    enter(world, instance, 'INIT_FAIL');
    return;
  }
  enter(world, instance, 'INIT');
  startDevice(world, instance);
  const { expireSeconds, keepalive } = instance.options;
  if (expireSeconds !== undefined)
    world.clock.after(expireSeconds * 1000 + draw(world, EXPIRY_CHECK_MS), () => expire(world, instance));
  if (keepalive) world.clock.after(KEEPALIVE_CHECK_MS, () => checkKeepalive(world, instance));
}

/**
 * Launches an instance. Documented: it exists at once. Observed: a background worker writes the row 0.3 to 2 s later,
 * minutes later when it is busy, and until then the deployment still counts as free.
 */
export function launch(world: World, order: LaunchOrder): void {
  const { launchDelayMs } = world;
  if (world.profile === 'documented' && launchDelayMs === null) return writeRow(world, order);
  const now = world.clock.now();
  const usualMs = world.random.int(300, 1800);
  const at = Math.max(now + (launchDelayMs ?? usualMs), world.workerFreeAt + 100);
  world.workerFreeAt = at;
  world.clock.after(at - now, () => writeRow(world, order));
}

export function seatInstance(world: World, order: LaunchOrder, ageMs: number): Instance {
  const instance = buildInstance(world, order, toMicros(world.clock.now() - ageMs, world.random.int(0, 999)));
  world.instances.set(instance.id, instance);
  becomeReady(world, instance, nowhere(world));
  return instance;
}

function finish(world: World, instance: Instance): void {
  instance.end = stampNow(world);
  instance.deployment.icounter += 1;
  enter(world, instance, 'TERMINATED');
}

/** Begins termination of an INIT or READY instance; a device that takes over 60 s is locked out (observed). */
export function terminate(world: World, instance: Instance): void {
  const stopMs = draw(world, instance.deployment.device.stopMs);
  instance.fwd = null;
  enter(world, instance, 'TERMINATING');
  world.clock.after(Math.min(stopMs, LONGEST_STOP_MS), () => {
    if (stopMs > LONGEST_STOP_MS) instance.deployment.lockout = true;
    finish(world, instance);
  });
}
