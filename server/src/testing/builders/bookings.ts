import { nothingYet } from '../../store/bookings.ts';
import type { BookingRow } from '../../store/bookings.ts';
import { oscar } from './people.ts';

export const bookingRow = (over: Partial<BookingRow> = {}): BookingRow => ({
  id: 'b',
  owner: oscar.name,
  deployment_id: 'd1',
  type: 'null',
  region: null,
  state: 'requested',
  upstream_id: null,
  reserve: 0,
  vpn: 0,
  ssh_public_key: null,
  expires_in_seconds: null,
  requested_at: 0,
  ...nothingYet,
  ...over,
});
