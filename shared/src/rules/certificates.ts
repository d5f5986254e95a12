import type { NodeOf } from '../topology.ts';

const DAY_MS = 86_400_000;
/** Days before its end at which a certificate is warned of: ahead, due, and as a failure. */
const WARNED_AT = { ahead: 30, due: 14, late: 3 } as const;

export type CertificateState = {
  text: string;
  tone: 'neutral' | 'warning' | 'danger';
  /** Which warning it is; null: none. */
  warning: keyof typeof WARNED_AT | 'expired' | null;
};

/** Whole days, rounded down: what ends in less than a day has 0 left. */
export function certificateState(
  { tls, certificateExpires }: Pick<NodeOf<'domain'>, 'tls' | 'certificateExpires'>,
  nowMs: number,
): CertificateState {
  if (certificateExpires === null) {
    const text = tls ? 'No certificate' : 'TLS is off';
    return { text, tone: tls ? 'warning' : 'neutral', warning: null };
  }
  const left = Date.parse(certificateExpires) - nowMs;
  if (left <= 0) return { text: 'Expired', tone: 'danger', warning: 'expired' };
  const days = Math.floor(left / DAY_MS);
  const text = days === 0 ? 'Less than a day left' : `${days} ${days === 1 ? 'day' : 'days'} left`;
  if (days <= WARNED_AT.late) return { text, tone: 'danger', warning: 'late' };
  if (days <= WARNED_AT.due) return { text: `${text}, renewal is due`, tone: 'warning', warning: 'due' };
  if (days <= WARNED_AT.ahead) return { text, tone: 'warning', warning: 'ahead' };
  return { text, tone: 'neutral', warning: null };
}
