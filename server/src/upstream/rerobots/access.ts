import { UpstreamError } from '../../lib/errors.ts';
import { parsed } from './calls.ts';
import type { Calls } from './calls.ts';
import { refusedAs } from './errors.ts';
import { firewallAnswer, vpnAnswer, vpnClientAnswer } from './wire.ts';

/** A client can take rerobots 20 s to make ("rerobots API reference"). */
const VPN_CLIENT_TIMEOUT_MS = 40_000;

export type FirewallRule = { source: string; action: string };

/** Who gets in to an instance. rerobots checks nobody's ownership here (observed): the caller has to. */
export type RerobotsAccess = {
  /** The rules in the order they are tried; null: there is no chain yet. Never shared with an earlier read. */
  firewall(instanceId: string): Promise<FirewallRule[] | null>;
  /** Appends a rule. The source must be given: without it rerobots opens to the address of this server. */
  addFirewallRule(instanceId: string, rule: FirewallRule): Promise<void>;
  /** Removes all rules; from then on everything is dropped. */
  clearFirewall(instanceId: string): Promise<void>;
  vpn(instanceId: string): Promise<{ status: 'none' | 'preparing' | 'ready'; clients: string[] }>;
  /** The profile holds a private key. `refused` with `busy` while the VPN can't make one. */
  addVpnClient(instanceId: string): Promise<{ clientId: string; ovpn: string }>;
};

/** The firewall and VPN routes of an instance. */
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

/** `nil` is documented for "none", `preparing` until it is up; the service itself says `ready` or refuses. */
function vpnStatusOf(status: string): 'none' | 'preparing' | 'ready' {
  if (status === 'ready' || status === 'preparing') return status;
  if (status === 'nil') return 'none';
  throw new UpstreamError('rerobots', 'invalid', 'rerobots told a state of the VPN that is not known.');
}
