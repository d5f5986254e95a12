import type { z } from 'zod';

import type { RequestKey } from '../lib/idempotency.ts';
import type { Person, SignedIn } from '../lib/person.ts';
import type { AccessWords } from './access-words.ts';

type Shape = z.ZodType | undefined;
type Parsed<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined;

export type RouteInput<P extends Shape, Q extends Shape, B extends Shape> = {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  person: Person;
  /** Of the session, or one that stands for the access token. */
  sessionId: string;
  requestId: string;
  /** How the session was opened. */
  way: SignedIn['way'];
  /** As the request names it; anyone can name any. */
  host: string | undefined;
  /** As reported by the trusted proxy; null where unknown. */
  clientAddress: string | null;
  /** To be stored with what is asked for; null where the sender gave none, or `onRepeat` is `harmless`. */
  requestKey: RequestKey | null;
};

/**
 * What a request gets that comes again with the same `Idempotency-Key`. `harmless`: carrying it out twice does no more
 * than once, or the second is refused by the state the first has left. Else the answer is made from the first's outcome,
 * as it was stored with the key; what is not thrown must not hold a secret that is shown once.
 */
type OnRepeat<P extends Shape, R extends z.ZodType> =
  | 'harmless'
  | ((first: { outcome: string; params: Parsed<P>; person: Person }) => Promise<z.input<R>> | z.input<R>);

type Method<P extends Shape, R extends z.ZodType> =
  | { method: 'get'; onRepeat?: never }
  | { method: 'post' | 'put' | 'delete'; onRepeat: OnRepeat<P, R> };

export type RouteDefinition<P extends Shape, Q extends Shape, B extends Shape, R extends z.ZodType> = Method<
  P,
  R
> &
  AccessWords & {
    /** Express path from the root: `/api/instances/:id/tasks`. */
    path: string;
    /** One line for the API document. */
    summary: string;
    /** True: also for who must add a passkey before anything else. */
    beforePasskey?: boolean;
    /** True: the answer holds a secret and must not be cached. */
    noStore?: boolean;
    params?: P;
    query?: Q;
    body?: B;
    response: R;
    /** Status on success; default 200. */
    status?: 200 | 201 | 202 | 204;
    handler(input: RouteInput<P, Q, B>): Promise<z.input<R>> | z.input<R>;
  };

export type Route = AccessWords & {
  method: 'get' | 'post' | 'put' | 'delete';
  onRepeat?: OnRepeat<undefined, z.ZodType>;
  path: string;
  summary: string;
  beforePasskey?: boolean;
  noStore?: boolean;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType;
  status?: 200 | 201 | 202 | 204;
  handler(input: RouteInput<undefined, undefined, undefined>): unknown;
};

/** Type-checks a literal against its own schemas. */
export function route<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
  R extends z.ZodType = z.ZodType,
>(definition: RouteDefinition<P, Q, B, R>): Route {
  return definition as unknown as Route;
}
