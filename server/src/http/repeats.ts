import { IDEMPOTENCY_KEY_HEADER, idempotencyKey } from '@cyclorama/shared/idempotency.ts';
import type { Request } from 'express';

import { AppError } from '../lib/errors.ts';
import type { Fingerprints, RequestKey, StoredRequest } from '../lib/idempotency.ts';
import { createKeyedMutex } from '../lib/keyed-mutex.ts';
import type { Route, RouteInput } from './route.ts';

type Input = RouteInput<undefined, undefined, undefined>;

export type Repeats = {
  /** Runs the route's handler, or answers with the outcome of an earlier request that had the same key. */
  handle(request: Request, route: Route, input: Omit<Input, 'requestKey'>): Promise<Handled>;
};
type Handled = { result: unknown; repeated: boolean };

type Deps = {
  /** Null where the person sent no request with this key. */
  find: (person: string, key: string) => Promise<StoredRequest | null>;
  fingerprint: (parts: string[]) => Fingerprints;
};

export function createRepeats({ find, fingerprint }: Deps): Repeats {
  // A repeat waits for the first where both come to this process.
  const mutex = createKeyedMutex();

  return {
    async handle(request, route, input) {
      const { onRepeat } = route;
      const key = readIdempotencyKey(request);
      if (key === null || typeof onRepeat !== 'function') {
        return { result: await route.handler({ ...input, requestKey: null }), repeated: false };
      }
      const { person, params, body } = input;
      const prints = fingerprint([request.method, request.path, JSON.stringify(body ?? null)]);
      const requestKey: RequestKey = { person: person.name, key, fingerprint: prints[0], stored: false };
      const repeat = async (first: StoredRequest): Promise<Handled> => {
        const outcome = outcomeOf(first, prints);
        return { result: await onRepeat({ outcome, params, person }), repeated: true };
      };
      return mutex.run(`${person.name}\n${key}`, async () => {
        const first = await find(person.name, key);
        if (first !== null) return repeat(first);
        try {
          return { result: await route.handler({ ...input, requestKey }), repeated: false };
        } catch (error) {
          // Another process may have stored the same request meanwhile, and this one was refused because of it.
          const other = requestKey.stored ? null : await find(person.name, key);
          if (other === null) throw error;
          return repeat(other);
        }
      });
    },
  };
}

/** Null where there is none. @throws AppError `invalid-request` naming the header. */
export function readIdempotencyKey(request: Request): string | null {
  const given = request.get(IDEMPOTENCY_KEY_HEADER);
  if (given === undefined) return null;
  const parsed = idempotencyKey.safeParse(given);
  if (parsed.success) return parsed.data;
  const message = `${IDEMPOTENCY_KEY_HEADER}: ${parsed.error.issues[0]?.message ?? 'not a key'}.`;
  throw new AppError('invalid-request', message, {
    field: `header.${IDEMPOTENCY_KEY_HEADER}`,
    hint: 'Nothing was changed.',
  });
}

/** @throws AppError where the key was used for something else, or the first's outcome is not known. */
function outcomeOf({ fingerprint, outcome }: StoredRequest, expected: readonly string[]): string {
  if (!expected.includes(fingerprint)) {
    throw new AppError(
      'key-reused',
      `This ${IDEMPOTENCY_KEY_HEADER} was used for something else. Nothing was done.`,
      { field: `header.${IDEMPOTENCY_KEY_HEADER}`, hint: 'Use a new key for each new request.' },
    );
  }
  if (outcome !== null) return outcome;
  throw new AppError(
    'conflict',
    'This was requested before and has no answer yet, so it may have been carried out. It was not sent again.',
    { hint: 'Check what is there, then ask again with a new key if it is missing.' },
  );
}
