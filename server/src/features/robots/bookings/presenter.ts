import type { Booking, BookingState, connection } from '@cyclorama/shared/robots.ts';
import type { z } from 'zod';

import { isoOf } from '../../../lib/clock.ts';
import { candidatesOf, nothingYet } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { ListedInstance, Reservation, RobotInstance } from '../../../upstream/rerobots/client.ts';
import type { RobotFacts } from '../robot-facts.ts';
import { idleSince } from './rules.ts';
import { waitingMessage } from './waiting.ts';

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/**
 * The user is always `root`, whatever the API calls it. Null if the instance is not reachable yet or only by VPN. Host
 * keys become `known_hosts` lines for this address.
 */
export function connectionOf(instance: RobotInstance): z.infer<typeof connection> | null {
  if (instance.status !== 'READY' || instance.address === null) return null;
  const { host, port } = instance.address;
  const name = port === 22 ? host : `[${host}]:${port}`;
  const hostKeys = instance.hostKeys.map((line) => `${name} ${line.split(' ').slice(0, 2).join(' ')}`);
  return { host, port, user: 'root', command: `ssh -p ${port} root@${host}`, hostKeys };
}

const noKeyNote =
  'No public key was given, so rerobots created a key pair. Its private key is not stored here; anyone with the ' +
  'account’s API token can read it from rerobots (GET /instance/:id/sshkey). Give your public key next time.';

const heldNote =
  'Waiting: someone else is booking a robot of this type right now. It is sent to rerobots as soon as that is settled.';

const isHeld = (row: BookingRow): boolean => row.state === 'requested' && row.sent_at === null;

function noteOf(row: BookingRow): string | null {
  if (isHeld(row)) return heldNote;
  return row.owner !== null && row.ssh_public_key === null ? noKeyNote : null;
}

/** Leaves out the public key. `account`: whose token is in use. */
export function presentBooking(
  row: BookingRow,
  instance: RobotInstance | null,
  account: string | null = null,
): Booking {
  const waitsFor = waitingMessage(row, account);
  const open = row.state === 'ready' && instance !== null;
  const candidates = candidatesOf(row);
  return {
    id: row.id,
    owner: row.owner,
    deploymentId: row.deployment_id,
    ...(candidates === null ? {} : { candidates }),
    type: row.type,
    region: row.region,
    state: row.state,
    instanceId: row.upstream_id,
    requestedAt: isoOf(row.requested_at),
    startedAt: isoOrNull(row.started_at),
    endsAt: isoOrNull(row.ends_at),
    endedAt: isoOrNull(row.ended_at),
    vpn: row.vpn === 1,
    readyAt: isoOrNull(row.ready_at),
    idleSince: isoOrNull(idleSince(row)),
    terminationRequested:
      row.termination_requested === 1 && ['queued', 'starting', 'ready'].includes(row.state),
    held: isHeld(row),
    note: noteOf(row),
    waiting:
      waitsFor === null || row.missing_since === null
        ? null
        : { since: isoOf(row.missing_since), message: waitsFor },
    connection: open ? connectionOf(instance) : null,
    failure:
      row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
  };
}

export function factsOf(row: BookingRow, facts: RobotFacts): Pick<Booking, 'nickname' | 'wait'> {
  if (row.deployment_id === null) return {};
  const nickname = facts.nickname(row.deployment_id);
  const wait = row.state === 'queued' ? facts.waitInQueue(row.deployment_id) : undefined;
  return { ...(nickname === undefined ? {} : { nickname }), ...(wait === undefined ? {} : { wait }) };
}

const stateOf: ReadonlyMap<string, BookingState> = new Map([
  ['INIT', 'starting'],
  ['READY', 'ready'],
  ['TERMINATING', 'terminating'],
]);

export function unclaimedRow(
  found: ListedInstance | Reservation,
  now: number,
  known: { type: string; region: string | null } | null,
): BookingRow {
  const instance = 'status' in found;
  return {
    ...nothingYet,
    id: found.id,
    owner: null,
    deployment_id: found.deploymentId,
    type: found.type ?? known?.type ?? '',
    region: (instance ? found.region : null) ?? known?.region ?? null,
    state: instance ? (stateOf.get(found.status ?? '') ?? 'ready') : 'queued',
    upstream_id: found.id,
    reserve: instance ? 0 : 1,
    vpn: 0,
    ssh_public_key: null,
    expires_in_seconds: null,
    requested_at: (instance ? found.startedAt : found.createdAt) ?? now,
    started_at: instance ? found.startedAt : null,
  };
}
