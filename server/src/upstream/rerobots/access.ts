import { UpstreamError } from '../../lib/errors.ts';
import { parsed } from './calls.ts';
import type { Calls } from './calls.ts';
import { refusedAs } from './errors.ts';
import { firewallAnswer, vpnAnswer, vpnClientAnswer } from './wire.ts';

/** rerobots can take 20 s to make a client ("rerobots API reference"). */
const VPN_CLIENT_TIMEOUT_MS = 40_000;

export type FirewallRule = { source: string; action: string };

/** rerobots does not check ownership on these routes (observed): the caller has to. */
export type RerobotsAccess = {
  /** In order of evaluation; null: no chain yet. Never shared with an earlier read. */
  firewall(instanceId: string): Promise<FirewallRule[] | null>;
  /** The source is required: without it rerobots opens to this server's address. */
  addFirewallRule(instanceId: string, rule: FirewallRule): Promise<void>;
  /** From then on everything is dropped. */
  clearFirewall(instanceId: string): Promise<void>;
  vpn(instanceId: string): Promise<{ status: 'none' | 'preparing' | 'ready'; clients: string[] }>;
  /** The profile holds a private key. `refused` with `busy` while the VPN can't make one. */
  addVpnClient(instanceId: string): Promise<{ clientId: string; ovpn: string }>;
};

export function createAccess(calls: Calls): RerobotsAccess {
  return {
    async firewall(instanceId) {
      const answer = await calls.readOwn(`/firewall/${instanceId}`, 'act', { fresh: true });
      const { rules } = parsed(firewallAnswer, answer);
      return rules?.map(([source, action]) => ({ source, action })) ?? null;
    },
    async addFirewallRule(instanceId, { source, action }) {
      await calls.write('POST', `/firewall/${instanceId}`, 'act', { json: { src: source, action } });
    },
    async clearFirewall(instanceId) {
      await calls.write('DELETE', `/firewall/${instanceId}`, 'act');
    },
    async vpn(instanceId) {
      try {
        const answer = await calls.readOwn(`/vpn/${instanceId}`, 'act', { fresh: true });
        const { status, clients } = parsed(vpnAnswer, answer);
        return { status: vpnStatusOf(status), clients: clients ?? [] };
      } catch (error) {
        if (refusedAs(error, 'no-vpn')) return { status: 'none', clients: [] };
        throw error;
      }
    },
    async addVpnClient(instanceId) {
      const how = { timeoutMs: VPN_CLIENT_TIMEOUT_MS };
      const answer = await calls.write('POST', `/vpn/${instanceId}`, 'act', how);
      const { client_id: clientId, ovpn } = parsed(vpnClientAnswer, answer);
      return { clientId, ovpn };
    },
  };
}

/** `nil` is documented for "none", `preparing` until it is up; the running service says `ready` or refuses. */
function vpnStatusOf(status: string): 'none' | 'preparing' | 'ready' {
  if (status === 'ready' || status === 'preparing') return status;
  if (status === 'nil') return 'none';
  throw new UpstreamError('rerobots', 'invalid', 'rerobots reported an unknown VPN state.');
}
