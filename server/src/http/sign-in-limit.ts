import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

import { AppError } from '../lib/errors.ts';
import { addressKey } from './client-address.ts';

const WINDOW_MS = 15 * 60_000;
const TRIES = 10;

/**
 * Ten refused sign-ins in a quarter of an hour, per address and per name: the upstream's check is a password oracle
 * without a limit (Cycle internal API, VPN login). Mount after the body parser.
 */
export function signInLimits({ windowMs = WINDOW_MS, tries = TRIES } = {}): RequestHandler[] {
  const limit = (keyOf: (request: Request) => string): RequestHandler =>
    rateLimit({
      windowMs,
      limit: tries,
      // Only a refused password counts; an upstream that is down must not lock people out.
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_request, response) => response.statusCode !== 401,
      standardHeaders: false,
      legacyHeaders: false,
      keyGenerator: keyOf,
      handler: (request, _response, next) => next(tooMany(request)),
    });
  return [limit(addressKey), limit(nameOf)];
}

function nameOf(request: Request): string {
  const body: unknown = request.body;
  const name = typeof body === 'object' && body !== null && 'username' in body ? body.username : '';
  return typeof name === 'string' ? name.trim().slice(0, 200) : '';
}

function tooMany(request: Request): AppError {
  const { resetTime } = (request as Request & { rateLimit?: { resetTime?: Date } }).rateLimit ?? {};
  const untilReset = (resetTime?.getTime() ?? Date.now() + WINDOW_MS) - Date.now();
  const retryAfterSeconds = Math.max(1, Math.ceil(untilReset / 1000));
  return new AppError('rate-limited', 'Too many failed sign-ins.', {
    hint: `Wait ${Math.ceil(retryAfterSeconds / 60)} minutes and try again.`,
    retryAfterSeconds,
  });
}
