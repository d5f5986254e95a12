import type { Request, Response } from 'express';
import { z } from 'zod';

import type { Clock } from '../lib/clock.ts';
import type { SecretBox } from '../lib/secret-box.ts';
import type { SessionCookie } from './session-cookie.ts';

/** Content only this server can read and make, kept by the browser for a while. */
export type SealedCookie<T> = {
  /** Null where there is none, it is too old or another made it. */
  read(request: Request): T | null;
  set(request: Request, response: Response, content: T): void;
  clear(request: Request, response: Response): void;
};

type Options<T> = {
  cookie: SessionCookie;
  box: SecretBox;
  content: z.ZodType<T>;
  keptMs: number;
  clock: Clock;
};

export function createSealedCookie<T>({ cookie, box, content, keptMs, clock }: Options<T>): SealedCookie<T> {
  const shape = z.object({ content, expiresAt: z.number() });
  return {
    read(request) {
      try {
        const kept = shape.parse(JSON.parse(box.open(cookie.read(request) ?? '')));
        return kept.expiresAt > clock.now() ? kept.content : null;
      } catch {
        return null;
      }
    },
    set(request, response, value) {
      const expiresAt = clock.now() + keptMs;
      const seal = box.seal(JSON.stringify({ content: value, expiresAt }));
      cookie.set(request, response, Buffer.from(seal, 'base64').toString('base64url'), expiresAt);
    },
    clear: (request, response) => cookie.clear(request, response),
  };
}
