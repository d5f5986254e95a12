import type { NodeOf } from '@cyclorama/shared/topology.ts';

const DAY_MS = 86_400_000;
/** Days before its end at which a certificate is warned of, the last of them as a failure. */
const WARNED_AT = { first: 30, last: 3 } as const;

export type CertificateState = { text: string; tone: 'neutral' | 'warning' | 'danger' };

/** Whole days, rounded down: what ends in less than a day has 0 left. */
export function certificateState(
  { tls, certificateExpires }: Pick<NodeOf<'domain'>, 'tls' | 'certificateExpires'>,
  nowMs: number,
): CertificateState {
  if (certificateExpires === null) {
    return { text: tls ? 'No certificate' : 'TLS is off', tone: tls ? 'warning' : 'neutral' };
  }
  const left = Date.parse(certificateExpires) - nowMs;
  const daysLeft = Math.floor(left / DAY_MS);
  if (left <= 0) return { text: 'Expired', tone: 'danger' };
  const text =
    daysLeft === 0 ? 'Less than a day left' : `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`;
  if (daysLeft <= WARNED_AT.last) return { text, tone: 'danger' };
  return { text, tone: daysLeft <= WARNED_AT.first ? 'warning' : 'neutral' };
}
