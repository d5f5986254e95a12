import type { BookingRow } from '../../../../store/bookings.ts';

type Target = Pick<BookingRow, 'id' | 'deployment_id' | 'type'>;

/** What launches of one key go one after the other: those of a type; where the type is not known, of a deployment. */
export function launchKey({ deployment_id: deploymentId, type }: Omit<Target, 'id'>): string {
  return `launch ${type === '' ? deploymentId : type}`;
}

/**
 * True from the moment a launch leaves until its instance is seen. So long rerobots may tell a second one "yes" too,
 * and one of both then fails ("rerobots API", as observed: a worker writes the instance seconds after the answer).
 */
export function windowIsOpen(row: BookingRow): boolean {
  return (
    row.sent_at !== null &&
    (row.state === 'requested' || (row.state === 'starting' && row.started_at === null))
  );
}

/**
 * Whether a launch would fall into another's open window: on the very deployment, or maybe on the same, since one of
 * the two is by type and only rerobots knows where it goes. Null where it is free to go.
 */
export function windowAgainst(
  rows: Iterable<BookingRow>,
  wanted: Target,
): 'same-deployment' | 'maybe-same' | null {
  let found: 'maybe-same' | null = null;
  for (const row of rows) {
    if (row.id === wanted.id || !windowIsOpen(row)) continue;
    const bothKnown = row.deployment_id !== null && wanted.deployment_id !== null;
    if (bothKnown && row.deployment_id === wanted.deployment_id) return 'same-deployment';
    if (!bothKnown && row.type === wanted.type) found = 'maybe-same';
  }
  return found;
}
