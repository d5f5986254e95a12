import type {
  FirewallRequest,
  FirewallResponse,
  VpnClient,
  VpnResponse,
} from '@cyclorama/shared/robot-access.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';
import type { AccessPart } from '@cyclorama/shared/rules/robot-access.ts';

import type { RecordActivity } from '../../../lib/activity-note.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import { createKeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Person } from '../../../lib/person.ts';
import { checkMayActOn } from '../../../lib/refuse.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';
import { accessError, checkReachable, holdsRule, ownIpv4, ruleSource } from './rules.ts';
import type { ReadyBooking } from './rules.ts';

/** Who asks, and from which address as far as the trusted proxies tell. */
export type Asking = { person: Person; clientAddress: string | null };

export type RobotAccessDeps = {
  client: Pick<RerobotsClient, 'firewall' | 'addFirewallRule' | 'clearFirewall' | 'vpn' | 'addVpnClient'>;
  /** @throws AppError `not-found` */
  booking: (id: string) => Promise<Booking>;
  /** To be told that somebody did something with the booking. */
  touched: (bookingId: string) => Promise<void>;
  /** To be told that rerobots knows better than the booking. */
  readSoon: (upstreamId: string) => void;
  record: RecordActivity;
  /** True where rerobots is on this machine, so that robots see private addresses too. */
  inner: boolean;
};

export type RobotAccessService = ReturnType<typeof createRobotAccessService>;

/** Who gets in to a robot that is ready: its firewall and its VPN, for its owner and admins only. */
export function createRobotAccessService(deps: RobotAccessDeps) {
  const { client, touched, record, inner } = deps;
  // One writer at a time for each robot, so that what is read back is what was written.
  const mutex = createKeyedMutex();

  const reachable = async (id: string, person: Person, part: AccessPart): Promise<ReadyBooking> => {
    const booking = await deps.booking(id);
    // rerobots itself checks nobody.
    checkMayActOn(booking, person);
    checkReachable(part, booking);
    return booking;
  };

  const asked = async <T>({ instanceId }: ReadyBooking, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      const told = accessError(error);
      if (told !== error) deps.readSoon(instanceId);
      throw told;
    }
  };

  /** Makes a change and puts it on record, also where it was refused or its end is not known. */
  const change = async <T>(
    { booking, person, action }: { booking: ReadyBooking; person: Person; action: string },
    call: () => Promise<{ result: T; detail: string }>,
  ): Promise<T> => {
    const note = {
      actor: person.name,
      action,
      subject: { kind: 'booking', id: booking.id, name: booking.type },
    };
    try {
      const { result, detail } = await asked(booking, call);
      await record({ ...note, outcome: 'done', detail });
      await touched(booking.id);
      return result;
    } catch (error) {
      const undone = error instanceof AppError || (error instanceof UpstreamError && error.certainlyNotDone);
      const reason = error instanceof Error ? error.message : 'It failed.';
      const detail = undone ? reason : `${reason} It may have been carried out.`;
      await record({ ...note, outcome: undone ? 'refused' : 'failed', detail });
      throw error;
    }
  };

  const firewallOf = async (
    booking: ReadyBooking,
    clientAddress: string | null,
  ): Promise<FirewallResponse> => ({
    rules: await client.firewall(booking.instanceId),
    yourAddress: ownIpv4({ clientAddress, inner }),
  });

  return {
    /** The rules in the order they are tried. */
    async firewall(id: string, { person, clientAddress }: Asking): Promise<FirewallResponse> {
      const booking = await reachable(id, person, 'firewall');
      return asked(booking, () => firewallOf(booking, clientAddress));
    },

    /** Appends a rule and reads the list back; without a source it is the person's own address. */
    async addRule(id: string, body: FirewallRequest, asking: Asking): Promise<FirewallResponse> {
      const { person, clientAddress } = asking;
      const booking = await reachable(id, person, 'firewall');
      const rule = { source: ruleSource(body.source, { clientAddress, inner }), action: body.action };
      return change({ booking, person, action: 'booking.firewall-add' }, () =>
        mutex.run(id, async () => {
          await client.addFirewallRule(booking.instanceId, rule);
          const result = await firewallOf(booking, clientAddress);
          if (!holdsRule(result.rules, rule)) throw lostRule();
          return { result, detail: `${rule.action} ${rule.source} was added at the end.` };
        }),
      );
    },

    /** Removes all rules and reads the list back: from then on everything is dropped. */
    async clear(id: string, { person, clientAddress }: Asking): Promise<FirewallResponse> {
      const booking = await reachable(id, person, 'firewall');
      return change({ booking, person, action: 'booking.firewall-clear' }, () =>
        mutex.run(id, async () => {
          await client.clearFirewall(booking.instanceId);
          const result = await firewallOf(booking, clientAddress);
          return { result, detail: 'All rules were removed: everything is dropped.' };
        }),
      );
    },

    async vpn(id: string, person: Person): Promise<VpnResponse> {
      const booking = await reachable(id, person, 'VPN');
      return asked(booking, () => client.vpn(booking.instanceId));
    },

    /** Makes a VPN client. Its profile is in this answer only: it is kept, logged and recorded nowhere. */
    async addVpnClient(id: string, person: Person): Promise<VpnClient> {
      const booking = await reachable(id, person, 'VPN');
      return change({ booking, person, action: 'booking.vpn-client' }, async () => {
        const result = await client.addVpnClient(booking.instanceId);
        return { result, detail: `The VPN client ${result.clientId} was made.` };
      });
    },
  };
}

function lostRule(): AppError {
  const message =
    'rerobots took the rule, but the list read back does not hold it: the firewall is not up yet.';
  return new AppError('not-allowed-now', message, { hint: 'Try again in a moment.', retryAfterSeconds: 5 });
}
