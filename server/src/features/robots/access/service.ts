import type {
  FirewallRequest,
  FirewallResponse,
  VpnClient,
  VpnResponse,
} from '@cyclorama/shared/robot-access.ts';
import type { AccessPart } from '@cyclorama/shared/robot-access.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';

import type { CarryOut } from '../../../lib/activity-note.ts';
import { AppError } from '../../../lib/errors.ts';
import type { CallOnce, RequestKey } from '../../../lib/idempotency.ts';
import { createKeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Person } from '../../../lib/person.ts';
import { checkMayActOn } from '../../../lib/refuse.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';
import { accessError, checkReachable, includesRule, ownIpv4, ruleSource } from './rules.ts';
import type { ReadyBooking } from './rules.ts';

export type Requester = { person: Person; clientAddress: string | null };

type Change = { booking: ReadyBooking; person: Person; action: string; after?: string };

export type RobotAccessDeps = {
  client: Pick<RerobotsClient, 'firewall' | 'addFirewallRule' | 'clearFirewall' | 'vpn' | 'addVpnClient'>;
  /** @throws AppError `not-found` */
  booking: (id: string) => Promise<Booking>;
  recordUse: (bookingId: string) => Promise<void>;
  /** Called if an answer of rerobots contradicts the booking. */
  pollSoon: (upstreamId: string) => void;
  carryOut: CarryOut;
  callOnce: CallOnce;
  /** True if rerobots runs on this machine: robots then see private addresses. */
  inner: boolean;
};

export type RobotAccessService = ReturnType<typeof createRobotAccessService>;

export function createRobotAccessService(deps: RobotAccessDeps) {
  const { client, recordUse, carryOut, callOnce, inner } = deps;
  // One writer per robot, so that the list read back is the one just written.
  const mutex = createKeyedMutex();

  const reachable = async (id: string, person: Person, part: AccessPart): Promise<ReadyBooking> => {
    const booking = await deps.booking(id);
    // rerobots does not check people; this is the only check.
    checkMayActOn(booking, person);
    checkReachable(part, booking);
    return booking;
  };

  const translated = async <T>({ instanceId }: ReadyBooking, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      const translatedError = accessError(error);
      if (translatedError !== error) deps.pollSoon(instanceId);
      throw translatedError;
    }
  };

  const change = <T>(
    { booking, person, action, after }: Change,
    call: () => Promise<T>,
    ended?: (result: T) => { detail?: string; before?: string },
  ): Promise<T> =>
    carryOut(
      {
        actor: person.name,
        action,
        subject: { kind: 'booking', id: booking.id, name: booking.type },
        after,
      },
      async () => {
        const result = await translated(booking, call);
        await recordUse(booking.id);
        return result;
      },
      ended,
    );

  const firewallOf = async (
    booking: ReadyBooking,
    clientAddress: string | null,
  ): Promise<FirewallResponse> => ({
    rules: await client.firewall(booking.instanceId),
    yourAddress: ownIpv4({ clientAddress, inner }),
  });

  return {
    async firewall(id: string, { person, clientAddress }: Requester): Promise<FirewallResponse> {
      const booking = await reachable(id, person, 'firewall');
      return translated(booking, () => firewallOf(booking, clientAddress));
    },

    /** Without a source the rule is for the person's own address. */
    async addRule(id: string, body: FirewallRequest, requester: Requester): Promise<FirewallResponse> {
      const { person, clientAddress } = requester;
      const booking = await reachable(id, person, 'firewall');
      const rule = { source: ruleSource(body.source, { clientAddress, inner }), action: body.action };
      const after = `${rule.action} ${rule.source}`;
      return change(
        { booking, person, action: 'booking.firewall-add', after },
        () =>
          mutex.run(id, async () => {
            await client.addFirewallRule(booking.instanceId, rule);
            const result = await firewallOf(booking, clientAddress);
            if (!includesRule(result.rules, rule)) throw lostRule();
            return result;
          }),
        () => ({ detail: `${after} was appended.` }),
      );
    },

    /** Without rules the firewall drops everything. */
    async clear(id: string, { person, clientAddress }: Requester): Promise<FirewallResponse> {
      const booking = await reachable(id, person, 'firewall');
      const after = 'no rules';
      return change(
        { booking, person, action: 'booking.firewall-clear', after },
        () =>
          mutex.run(id, async () => {
            await client.clearFirewall(booking.instanceId);
            return firewallOf(booking, clientAddress);
          }),
        () => ({ detail: 'All rules were removed; everything is dropped.' }),
      );
    },

    async vpn(id: string, person: Person): Promise<VpnResponse> {
      const booking = await reachable(id, person, 'VPN');
      return translated(booking, () => client.vpn(booking.instanceId));
    },

    /** The profile is only in this response; it is not stored, logged or recorded. */
    async addVpnClient(id: string, person: Person, requestKey: RequestKey | null = null): Promise<VpnClient> {
      const booking = await reachable(id, person, 'VPN');
      const add = (): Promise<VpnClient> =>
        change(
          { booking, person, action: 'booking.vpn-client' },
          () => client.addVpnClient(booking.instanceId),
          ({ clientId }) => ({ detail: `VPN client ${clientId} was created.` }),
        );
      return callOnce(requestKey, add, ({ clientId }) => clientId);
    },
  };
}

function lostRule(): AppError {
  const message = 'rerobots accepted the rule, but it is not in the list: the firewall is not up yet.';
  return new AppError('not-allowed-now', message, { hint: 'Try again in a moment.', retryAfterSeconds: 5 });
}
