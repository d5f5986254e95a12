import { createHmac, randomBytes } from 'node:crypto';

const digestKey = randomBytes(32);

/** Equal digests, equal values, within this process; null: not set. */
export function digestOf(value: unknown): string | null {
  return isNothing(value)
    ? null
    : createHmac('sha256', digestKey).update(JSON.stringify(value)).digest('hex');
}

export function asText(
  value: string | number | boolean | readonly string[] | null | undefined,
): string | null {
  if (value === null || value === undefined || isNothing(value)) return null;
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** What is not set Cycle leaves out, or sends as null or as something empty. */
const isNothing = (value: unknown): boolean =>
  value == null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
