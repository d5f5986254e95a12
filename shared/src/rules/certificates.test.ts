import { expect, it } from 'vitest';

import { certificateState } from './certificates.ts';

const now = Date.parse('2026-03-26T09:15:00Z');
const endsIn = (days: number) => ({
  tls: true,
  certificateExpires: new Date(now + days * 86_400_000).toISOString(),
});

it.each([
  [31, '31 days left', 'neutral', null],
  [30, '30 days left', 'warning', 'ahead'],
  [15, '15 days left', 'warning', 'ahead'],
  [14, '14 days left, renewal is due', 'warning', 'due'],
  [4, '4 days left, renewal is due', 'warning', 'due'],
  [3, '3 days left', 'danger', 'late'],
  [1.5, '1 day left', 'danger', 'late'],
  [0.5, 'Less than a day left', 'danger', 'late'],
  [0, 'Expired', 'danger', 'expired'],
  [-2, 'Expired', 'danger', 'expired'],
])('a certificate that ends in %d days: %s', (days, text, tone, warning) => {
  expect(certificateState(endsIn(days), now)).toEqual({ text, tone, warning });
});

it('tells a domain without TLS from one whose certificate is missing', () => {
  expect(certificateState({ tls: false, certificateExpires: null }, now)).toMatchObject({
    text: 'TLS is off',
  });
  expect(certificateState({ tls: true, certificateExpires: null }, now)).toMatchObject({
    text: 'No certificate',
    tone: 'warning',
  });
});
