import type { Logger as PinoLogger } from 'pino';
import { pino } from 'pino';

/**
 * What the product logs with. Levels have a meaning: `error` = someone must act now, `warn` = it heals itself,
 * `info` = a milestone of the process, `debug` = for whoever looks for a fault. Never a secret, never a body.
 */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'> & {
  child(bindings: object): Logger;
};

/** Writes JSON lines to standard output; names that tend to hold secrets are never written, wherever they sit. */
export function createLogger(level: 'debug' | 'info' | 'warn' | 'error'): PinoLogger {
  const secretNames = ['password', 'token', 'authorization', 'cookie', 'secret', 'accessKey', 'apiKey'];
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '(withheld)' },
  });
}
