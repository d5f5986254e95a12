import type { MessageDelivery } from '../../../store/alert-messages.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const WAITS_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS];
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
const GIVE_UP_MS = 8 * 60 * MINUTE_MS;

type Tried = {
  /** How often it was tried before this try. */
  tries: number;
  createdAt: number;
  now: number;
};

/** When a message that could not be delivered is tried next; null: no more. */
export function nextTryAt({ tries, createdAt, now }: Tried): number | null {
  return now - createdAt >= GIVE_UP_MS ? null : now + (WAITS_MS[tries] ?? LONGEST_WAIT_MS);
}

/**
 * Of those that wait, oldest first, the ones to send now: of a rule and a receiver only the first, so that nothing is told
 * to be over before it was told that it fires.
 */
export function dueOf(waiting: readonly MessageDelivery[], now: number): MessageDelivery[] {
  const seen = new Set<string>();
  return waiting.filter(({ channel, rule_id: rule, next_at: nextAt }) => {
    const way = `${channel} ${rule}`;
    const isFirst = !seen.has(way);
    seen.add(way);
    return isFirst && nextAt <= now;
  });
}
