import type { DestinationStream, Logger as PinoLogger, LoggerOptions } from 'pino';
import { pino } from 'pino';

import { AppError } from './errors.ts';

/**
 * What the product logs with. Levels have a meaning: `error` = someone must act now, `warn` = it heals itself,
 * `info` = a milestone of the process, `debug` = for whoever looks for a fault. Never a secret, never a body.
 */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'> & {
  child(bindings: object): Logger;
};

/**
 * Writes JSON lines to standard output, or to `destination`; names that tend to hold secrets are never written, wherever
 * they sit. What failed only since the store can't be used is for `debug`: the store itself says so once.
 */
export function createLogger(
  level: 'debug' | 'info' | 'warn' | 'error',
  destination?: DestinationStream,
): PinoLogger {
  const secretNames = ['password', 'token', 'authorization', 'cookie', 'secret', 'accessKey', 'apiKey'];
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '(withheld)' },
    hooks: {
      logMethod(args, method, severity) {
        if (severity > DEBUG && isOfStore(args[0])) this.debug(...args);
        else method.apply(this, args);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const DEBUG = 20;

function isOfStore(fields: unknown): boolean {
  const error = typeof fields === 'object' && fields !== null && 'err' in fields ? fields.err : null;
  return error instanceof AppError && error.code === 'store-unavailable';
}
