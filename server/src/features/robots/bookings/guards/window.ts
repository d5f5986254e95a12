import { candidatesOf } from '../../../../store/bookings.ts';
import type { BookingRow } from '../../../../store/bookings.ts';

type Target = Pick<BookingRow, 'id' | 'deployment_id' | 'candidates' | 'type'>;

export function launchKey({
  deployment_id: deploymentId,
  type,
}: Pick<Target, 'deployment_id' | 'type'>): string {
  return `launch ${type === '' ? deploymentId : type}`;
}

/** After this long without an instance another launch is no likelier to meet it than any other. */
const LONGEST_WINDOW_MS = 10 * 60_000;

/**
 * True from sending a launch until its instance is seen. During that time rerobots may accept a second launch, and one
 * of the two then fails ("rerobots API", as observed: a worker writes the instance seconds after the answer).
 */
export function windowIsOpen(row: BookingRow, now: number): boolean {
  return (
    row.sent_at !== null &&
    now - row.sent_at < LONGEST_WINDOW_MS &&
    (row.state === 'requested' || (row.state === 'starting' && row.started_at === null))
  );
}

/**
 * Whether another launch's window is open for the same deployment, or maybe the same, since one of the two is by type or list
 * and only rerobots knows which deployment it gets. Null if it can be sent.
 */
export function windowAgainst(
  rows: Iterable<BookingRow>,
  wanted: Target,
  now: number,
): 'same-deployment' | 'maybe-same' | null {
  let found: 'maybe-same' | null = null;
  for (const row of rows) {
    if (row.id === wanted.id || !windowIsOpen(row, now)) continue;
    const bothKnown = row.deployment_id !== null && wanted.deployment_id !== null;
    if (bothKnown && row.deployment_id === wanted.deployment_id) return 'same-deployment';
    if (!bothKnown && row.type === wanted.type && mayMeet(row, wanted)) found = 'maybe-same';
  }
  return found;
}

function mayMeet(row: Target, wanted: Target): boolean {
  const [one, other] = [deploymentsOf(row), deploymentsOf(wanted)];
  return one === null || other === null || one.some((id) => other.includes(id));
}

/** Null: any of the type. */
const deploymentsOf = (row: Target): readonly string[] | null =>
  row.deployment_id === null ? candidatesOf(row) : [row.deployment_id];
