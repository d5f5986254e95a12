import { reachableInstance } from './firewall.ts';
import { fakePem } from './keys.ts';
import { ok, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import type { GuardedCall, Route } from './route.ts';
import { guarded } from './route.ts';
import type { Instance, World } from './world.ts';
import { draw } from './world.ts';

const REFUSAL_MS = 2_000;
const NEW_CLIENT_MS = [2_000, 6_000] as const;

/**
 * What GET /vpn shows. Documented: `preparing` until READY, and every client, the workspace's own included.
 * Observed: always `ready`, and only the caller's clients.
 */
export function vpnView(world: World, instance: Instance, user: string) {
  if (world.profile === 'documented') {
    const status = instance.status === 'INIT' ? 'preparing' : 'ready';
    return { clients: instance.vpnClients.map(({ id }) => id), status };
  }
  const mine = instance.vpnClients.filter((client) => client.user === user);
  return { status: 'ready', clients: mine.map(({ id }) => id) };
}

function clientFile(world: World, instance: Instance, clientId: string): string {
  const random = world.random.fork(`vpn ${clientId}`);
  const host = instance.fwd?.ipv4 ?? '198.51.100.1';
  return [
    'client',
    'dev tun',
    'proto udp',
    `remote ${host} 1194`,
    'nobind',
    'remote-cert-tls server',
    `# ${clientId}`,
    `<ca>\n${fakePem(random, 'CERTIFICATE', 420)}\n</ca>`,
    `<cert>\n${fakePem(random, 'CERTIFICATE', 420)}\n</cert>`,
    `<key>\n${fakePem(random, 'PRIVATE KEY', 138)}\n</key>`,
    '',
  ].join('\n');
}

function later(world: World, delayMs: number, make: () => Reply): Promise<Reply> {
  return new Promise((resolve) => {
    world.clock.after(delayMs, () => resolve(make()));
  });
}

const busy: Reply = { status: 503, json: { result_message: 'This instance is busy. Try again later.' } };

function addClient(call: GuardedCall): Promise<Reply> {
  const { world, caller } = call;
  const instance = reachableInstance(call);
  // The device refuses where no VPN was requested at launch or it is not up yet.
  if (!instance.options.vpn || instance.status !== 'READY') return later(world, REFUSAL_MS, () => busy);
  return later(world, draw(world, NEW_CLIENT_MS), () => {
    if (instance.status !== 'READY') return busy;
    const id = world.random.hex(12);
    instance.vpnClients.push({ id, user: caller.user });
    return ok({ client_id: id, ovpn: clientFile(world, instance, id) });
  });
}

export const vpnRoutes: Route[] = [
  guarded('GET', '/vpn/{id:uuid}', 'bare', (call) => {
    const { world, caller } = call;
    const instance = reachableInstance(call);
    if (instance.options.vpn) return ok(vpnView(world, instance, caller.user));
    if (world.profile === 'documented') return ok({ status: 'nil' });
    throw refuse(400, 'instance does not have VPN');
  }),
  guarded('POST', '/vpn/{id:uuid}', 'bare', addClient),
];
