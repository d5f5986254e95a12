import { IDEMPOTENCY_KEY_DAYS } from '@cyclorama/shared/idempotency.ts';

import type { Database } from '../schema.ts';
import { KEPT_DAYS, KEPT_EVENTS } from './kept.ts';

type Bound = { holds: string; kept: string };

const ledger = 'while it is open; then `LEDGER_RETENTION_DAYS`';
const days = (count: number): string => (count === 1 ? 'a day' : `${count} days`);
const blocks = `${days(KEPT_DAYS.samples)}, ${days(KEPT_DAYS.minutes)} and ${days(KEPT_DAYS.hours)}, within \`HISTORY_MAX_MB\``;

/** What keeps each table from growing without bound; the compiler asks for a row a table. */
export const bounds: Readonly<Record<keyof Database, Bound>> = {
  activity: { holds: 'the record', kept: '`AUDIT_RETENTION_DAYS`' },
  activity_head: { holds: 'the head of the record', kept: 'one row' },
  claims: { holds: 'claims', kept: ledger },
  claim_transitions: { holds: 'the steps of a claim', kept: 'with the claim' },
  claim_batches: { holds: 'batches of claims', kept: ledger },
  bookings: { holds: 'bookings', kept: ledger },
  booking_transitions: { holds: 'the steps of a booking', kept: 'with the booking' },
  booking_hand_overs: { holds: 'who had a booking before', kept: 'with the booking' },
  tasks: { holds: 'starts, stops and restarts of instances', kept: ledger },
  task_batches: { holds: 'actions on many instances', kept: ledger },
  task_batch_items: { holds: 'the instances of such an action', kept: 'with the action' },
  request_keys: { holds: 'requests that are not carried out twice', kept: days(IDEMPOTENCY_KEY_DAYS) },
  object_events: {
    holds: 'what happened to an object',
    kept: `\`EVENT_RETENTION_DAYS\`, at most ${KEPT_EVENTS.toLocaleString('en-GB')} rows`,
  },
  alerts: { holds: 'alerts', kept: `while it is open; then ${days(KEPT_DAYS.alerts)}` },
  alert_messages: { holds: 'what was told of alerts', kept: days(KEPT_DAYS.alertMessages) },
  alert_deliveries: { holds: 'how far each of those messages came', kept: days(KEPT_DAYS.alertMessages) },
  alert_rules: { holds: 'rules of alerts', kept: 'until deleted; at most 200' },
  topology_pictures: {
    holds: 'the topology of each minute',
    kept: `${days(KEPT_DAYS.pictures)}, within a quarter of \`HISTORY_MAX_MB\``,
  },
  topology_spans: { holds: 'when it was recorded', kept: 'with the pictures' },
  capacity_history: { holds: 'how many instances are well', kept: days(KEPT_DAYS.capacity) },
  telemetry_samples: { holds: 'samples of the newest hours', kept: 'until their hour is in a block' },
  telemetry_blocks: { holds: 'samples, minutes and hours', kept: blocks },
  telemetry_rollups: { holds: 'means of releases before 0026', kept: days(KEPT_DAYS.means) },
  telemetry_cursors: { holds: 'counters of an instance', kept: days(KEPT_DAYS.cursors) },
  queue_lengths: { holds: 'queue lengths of robots', kept: '`ROBOT_HISTORY_DAYS`' },
  robot_watches: { holds: 'who waits for a robot', kept: 'until it is free, at most a day' },
  collectors: { holds: 'who reads a server', kept: `${days(KEPT_DAYS.collectors)} after its last report` },
  detections: { holds: 'what was detected', kept: days(KEPT_DAYS.detections) },
  sessions: { holds: 'sessions', kept: '`SESSION_HOURS`, and 90 days to say how it ended' },
  people: { holds: 'who has signed in', kept: 'one row a person, until the name is freed' },
  oidc_grants: { holds: 'refresh tokens of the provider', kept: 'one row a person, while it is of use' },
  passkeys: { holds: 'passkeys', kept: 'until removed; at most 20 a person' },
  access_tokens: { holds: 'access tokens', kept: 'until removed; at most 50 a person' },
  saved_views: { holds: 'saved views', kept: 'until deleted; at most 50 a person' },
  pins: { holds: 'pins', kept: 'until unpinned; at most 200 a person' },
  sign_in_tries: { holds: 'refused passwords', kept: 'a day at most' },
  sign_in_addresses: { holds: 'addresses somebody signed in from', kept: '180 days' },
  used_challenges: { holds: 'challenges a passkey has answered', kept: 'minutes, until they expire' },
  settings: { holds: 'the robot token, nicknames, revoked tokens, quiet hours', kept: 'one row each' },
  leadership: { holds: 'which replica leads', kept: 'one row' },
};

/** For docs/operations.md. */
export function boundsTable(): string {
  const rows = Object.entries(bounds).map(
    ([table, { holds, kept }]) => `| \`${table}\` | ${holds} | ${kept} |`,
  );
  return ['| Table | A row for | Kept |', '| --- | --- | --- |', ...rows].join('\n');
}
