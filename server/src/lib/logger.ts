import type { DestinationStream, Logger as PinoLogger, LoggerOptions } from 'pino';
import { pino } from 'pino';

import { AppError } from './errors.ts';

/**
 * Levels: `error` = someone must act now, `warn` = recovers by itself, `info` = a milestone of the process, `debug` =
 * for debugging. Never a secret, never a body.
 */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'> & {
  child(bindings: object): Logger;
};

/**
 * JSON lines to standard output or `destination`; names that tend to hold secrets are redacted at any depth. Failures
 * caused by an unusable store are logged at `debug`: the store logs the cause once.
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
