import { ownInstance } from './instances.ts';
import { blockJpeg } from './jpeg.ts';
import { Refusal, empty, ok, refuse } from './reply.ts';
import type { ErrorStyle, Reply } from './reply.ts';
import type { GuardedCall, Route } from './route.ts';
import { guarded } from './route.ts';
import type { Addon, Instance, World } from './world.ts';
import { draw } from './world.ts';

const START_MS = [1_500, 4_000] as const;
const STOP_MS = [800, 2_500] as const;
const FIRST_IMAGE_MS = 3_000;

type Kind = {
  name: string;
  reading: ErrorStyle;
  changing: ErrorStyle;
  /** Activating it twice is no error. */
  repeatable?: boolean;
  /** Available whatever the deployment supports. */
  universal?: boolean;
  /** Status after `starting`, if not `active`: vnc has a start call of its own. */
  settled?: 'ready';
  shape: 'address' | 'addresses' | 'user';
  inactive?: string;
};

const kinds: readonly Kind[] = [
  { name: 'mistyproxy', reading: 'bare', changing: 'charset', shape: 'addresses' },
  { name: 'py', reading: 'charset', changing: 'charset', shape: 'address' },
  { name: 'java', reading: 'charset', changing: 'charset', shape: 'address' },
  { name: 'vscode', reading: 'charset', changing: 'charset', shape: 'address' },
  { name: 'wstcp', reading: 'charset', changing: 'charset', shape: 'address' },
  { name: 'cam', reading: 'bare', changing: 'bare', shape: 'user', repeatable: true },
  { name: 'vnc', reading: 'bare', changing: 'bare', shape: 'user', settled: 'ready' },
  { name: 'drive', reading: 'bare', changing: 'bare', shape: 'user', repeatable: true },
  { name: 'cmd', reading: 'bare', changing: 'bare', shape: 'user', universal: true },
  {
    name: 'cmdsh',
    reading: 'charset',
    changing: 'charset',
    shape: 'user',
    repeatable: true,
    inactive: 'add-on `cmdsh` not active on host 0 of this instance',
  },
];

const notActive = (name: string) => refuse(404, `add-on \`${name}\` not active on this instance`);

/** Observed: add-ons are also served on instances that have ended. */
function instanceOf(call: GuardedCall): Instance {
  const instance = ownInstance(call);
  if (call.world.profile === 'documented' && instance.status === 'TERMINATED')
    throw refuse(400, 'instance not active');
  return instance;
}

function view(world: World, kind: Kind, instance: Instance, { status, token }: Addon) {
  if (kind.shape === 'user' || status === 'starting')
    return { status, remote_user: kind.shape === 'user' ? 'root' : undefined };
  const user = world.random.fork(`proxy ${instance.user}`).hex(64);
  const path = `api.rerobots.net/proxy/${user}/${kind.name}/${token}`;
  if (kind.shape === 'address') return { status, url: `wss://${path}` };
  return {
    status,
    url: [`proxy.rerobots.net:${2000 + (instance.fwd?.port ?? 0)}/${token.slice(0, 16)}`, `https://${path}`],
  };
}

/** Runs `next` after a delay unless the add-on has changed by then. */
function follow(world: World, addon: Addon, delay: readonly [number, number], next: () => void): void {
  const since = world.clock.now();
  const was = addon.status;
  addon.since = since;
  world.clock.after(draw(world, delay), () => {
    if (addon.status === was && addon.since === since) next();
  });
}

function settle(world: World, addon: Addon, status: Addon['status']): void {
  addon.status = status;
  addon.since = world.clock.now();
}

function activate(call: GuardedCall, kind: Kind): Reply {
  const { world, caller } = call;
  const instance = instanceOf(call);
  if (!kind.universal && !instance.deployment.addons.includes(kind.name))
    throw refuse(503, `this instance does not support the \`${kind.name}\` add-on`);
  if (instance.addons.has(kind.name)) {
    if (kind.repeatable) return empty();
    throw refuse(503, `add-on \`${kind.name}\` already applied to instance ${instance.id}`);
  }
  checkScope(caller.mayWrite);
  const addon: Addon = { status: 'starting', since: 0, token: world.random.hex(64) };
  instance.addons.set(kind.name, addon);
  follow(world, addon, START_MS, () => settle(world, addon, kind.settled ?? 'active'));
  return empty();
}

function checkScope(mayWrite: boolean): void {
  if (!mayWrite) throw refuse(400, 'token scope does not permit modifying this add-on');
}

function deactivate(call: GuardedCall, kind: Kind): Reply {
  const { addons } = instanceOf(call);
  const addon = addons.get(kind.name);
  if (!addon) throw notActive(kind.name);
  checkScope(call.caller.mayWrite);
  if (addon.status === 'stopping') return empty();
  addon.status = 'stopping';
  follow(call.world, addon, STOP_MS, () => addons.delete(kind.name));
  return empty();
}

function routesOf(kind: Kind): Route[] {
  const path = `/addon/${kind.name}/{id:uuid}`;
  return [
    guarded('GET', path, kind.reading, (call) => {
      const instance = instanceOf(call);
      const addon = instance.addons.get(kind.name);
      if (!addon) throw kind.inactive === undefined ? notActive(kind.name) : refuse(404, kind.inactive);
      return ok(view(call.world, kind, instance, addon));
    }),
    guarded('POST', path, kind.changing, (call) => activate(call, kind)),
    guarded('DELETE', path, kind.changing, (call) => deactivate(call, kind)),
  ];
}

/** A dark room and a bright spot that circles once every ten seconds. */
function picture(now: number, camera: number): string {
  const [columns, rows] = [40, 30];
  const angle = ((now % 10_000) / 10_000) * 2 * Math.PI + camera;
  const [x, y] = [columns / 2 + 12 * Math.cos(angle), rows / 2 + 9 * Math.sin(angle)];
  const levels = Array.from({ length: columns * rows }, (_unused, index) => {
    const row = Math.floor(index / columns);
    const distance = Math.hypot((index % columns) - x, row - y);
    return Math.min(255, 40 + row * 2 + Math.max(0, 170 - distance * 32));
  });
  return blockJpeg(levels, columns).toString('base64');
}

function image(call: GuardedCall): Reply {
  const { world, caller, param } = call;
  const instance = world.instances.get(param('id'));
  if (!instance || (instance.user !== caller.user && !caller.superuser))
    throw new Refusal({ status: 404, framework: true, json: { error_message: 'instance not found' } });
  const camera = Number(param('camera'));
  if (camera > 3) throw refuse(400, 'not valid camera identifier');
  const addon = instance.addons.get('cam');
  if (!addon) throw notActive('cam');
  if (addon.status !== 'active' || world.clock.now() - addon.since < FIRST_IMAGE_MS)
    return ok({ success: false, message: 'no image available; try again soon.' });
  return ok({ success: true, format: 'JPEG', coding: 'base64', data: picture(world.clock.now(), camera) });
}

function switchVnc(to: 'active' | 'ready') {
  return (call: GuardedCall) => {
    const addon = instanceOf(call).addons.get('vnc');
    if (!addon) throw notActive('vnc');
    if (to === 'ready' && addon.status !== 'active') throw refuse(503, 'add-on is not active.');
    if (to === 'active' && addon.status !== 'ready') throw refuse(503, 'add-on is not ready.');
    settle(call.world, addon, to);
    return empty();
  };
}

export const addonRoutes: Route[] = [
  ...kinds.flatMap(routesOf),
  guarded('GET', '/addon/cam/{id:uuid}/{camera:int}/img', 'bare', image),
  guarded('POST', '/addon/vnc/{id:uuid}/start', 'bare', switchVnc('active')),
  guarded('POST', '/addon/vnc/{id:uuid}/stop', 'bare', switchVnc('ready')),
  guarded('POST', '/addon/drive/{id:uuid}/tx', 'bare', (call) => {
    if (!instanceOf(call).addons.has('drive')) throw notActive('drive');
    return { status: 200, json: { success: true }, framework: true };
  }),
];
