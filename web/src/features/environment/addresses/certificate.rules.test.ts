import { expect, it } from 'vitest';

import { certificateState } from './certificate.rules.ts';

const now = Date.parse('2026-03-26T09:15:00Z');
const endsIn = (days: number) => ({
  tls: true,
  certificateExpires: new Date(now + days * 86_400_000).toISOString(),
});

it.each([
  [31, '31 days left', 'neutral'],
  [30, '30 days left', 'warning'],
  [14, '14 days left', 'warning'],
  [4, '4 days left', 'warning'],
  [3, '3 days left', 'danger'],
  [1.5, '1 day left', 'danger'],
  [0.5, 'Less than a day left', 'danger'],
  [0, 'Expired', 'danger'],
  [-2, 'Expired', 'danger'],
])('a certificate that ends in %d days: %s', (days, text, tone) => {
  expect(certificateState(endsIn(days), now)).toMatchObject({ text, tone });
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
