import type { Logger as PinoLogger } from 'pino';

/**
 * What the product logs with. Levels have a meaning: `error` = someone must act now, `warn` = it heals itself,
 * `info` = a milestone of the process, `debug` = for whoever looks for a fault. Never a secret, never a body.
 */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'> & {
  child(bindings: object): Logger;
};
