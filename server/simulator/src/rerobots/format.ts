/** Microseconds since the Unix epoch: rerobots stamps carry six fraction digits. */
export type Micros = number;

/** Turns the clock's milliseconds into a stamp; `extra` (0 to 999) are the microseconds the clock can't see. */
export function toMicros(ms: number, extra = 0): Micros {
  return Math.round(ms) * 1000 + extra;
}

function parts(stamp: Micros): { date: string; time: string; fraction: string } {
  const [date = '', rest = ''] = new Date(Math.floor(stamp / 1000)).toISOString().split('T');
  const micros = stamp % 1_000_000;
  const fraction = micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`;
  return { date, time: rest.slice(0, 8), fraction };
}

/** `2020-05-23 02:05:20.311535`: UTC without saying so; no fraction when it is zero (Python's `str(datetime)`). */
export function naiveTime(stamp: Micros): string {
  const { date, time, fraction } = parts(stamp);
  return `${date} ${time}${fraction}`;
}

/** `2020-05-23T02:05:20.311535Z`: only in lists with `details`. */
export function isoTime(stamp: Micros): string {
  const { date, time, fraction } = parts(stamp);
  return `${date}T${time}${fraction}Z`;
}

/** `2020-05-23 02:05 UTC`: reservations and owners' deployment lists. */
export function minuteTime(stamp: Micros): string {
  const { date, time } = parts(stamp);
  return `${date} ${time.slice(0, 5)} UTC`;
}

/**
 * JSON as Python's `json.dumps` writes it (a space after each comma and colon, ASCII only), since the real
 * server's bytes and Content-Length come from there. Keys holding `undefined` are left out.
 */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const pairs = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${pairs.map(([key, item]) => `${pythonJson(key)}: ${pythonJson(item)}`).join(', ')}}`;
  }
  return (JSON.stringify(value) ?? 'null').replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
