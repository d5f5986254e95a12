import { empty, ok, refuse } from './reply.ts';
import type { GuardedCall, Route } from './route.ts';
import { guarded, jsonBody } from './route.ts';
import type { Instance } from './world.ts';

// Observed: octets and prefix are not range-checked.
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/;
const ACTIONS = new Set(['ACCEPT', 'DROP', 'REJECT']);

/**
 * The instance behind a firewall or VPN route; 400 once TERMINATED. Observed: neither kind of route checks whose it
 * is. Documented: 404 for another's.
 */
export function reachableInstance({ world, caller, param }: GuardedCall): Instance {
  const instance = world.instances.get(param('id'));
  const foreign = world.profile === 'documented' && instance?.user !== caller.user && !caller.superuser;
  if (!instance || foreign) throw refuse(404, 'instance not found');
  if (instance.status === 'TERMINATED') throw refuse(400, 'instance not active');
  return instance;
}

function source(call: GuardedCall, body: Record<string, unknown>): string {
  const given = body['src'];
  if (!('src' in body)) return call.world.profile === 'documented' ? `${call.address}/32` : call.address;
  if (typeof given !== 'string') throw refuse(400, 'value for option `src` has wrong type');
  if (!IPV4.test(given))
    throw refuse(400, 'value for option `src` must be an IPv4 address or subnet in CIDR notation');
  return given;
}

function action(body: Record<string, unknown>): string {
  const given = 'action' in body ? body['action'] : 'ACCEPT';
  if (typeof given !== 'string' || !ACTIONS.has(given))
    throw refuse(400, 'value for option `action` not recognized');
  return given;
}

export const firewallRoutes: Route[] = [
  guarded('GET', '/firewall/{id:uuid}', 'bare', (call) => ok({ rules: reachableInstance(call).firewall })),
  guarded('POST', '/firewall/{id:uuid}', 'bare', (call) => {
    const instance = reachableInstance(call);
    const body = jsonBody(call) ?? {};
    const rule: [string, string] = [source(call, body), action(body)];
    // Before the tunnel's chain exists a rule is accepted and lost (observed).
    instance.firewall?.push(rule);
    return empty();
  }),
  guarded('DELETE', '/firewall/{id:uuid}', 'bare', (call) => {
    const instance = reachableInstance(call);
    if (instance.firewall) instance.firewall = [];
    return empty();
  }),
];
