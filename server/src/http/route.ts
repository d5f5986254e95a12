import type { Role } from '@cyclorama/shared/common.ts';
import type { z } from 'zod';

import type { Person } from '../lib/person.ts';

type Shape = z.ZodType | undefined;
type Parsed<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler is given: everything checked, nothing of Express. */
export type RouteInput<P extends Shape, Q extends Shape, B extends Shape> = {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  person: Person;
  requestId: string;
  /** The browser's own address as far as the trusted proxy tells; null where unknown. */
  clientAddress: string | null;
};

/** One endpoint as one literal: method, path, role, schemas, handler. */
export type RouteDefinition<P extends Shape, Q extends Shape, B extends Shape, R extends z.ZodType> = {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Express path below the root: `/api/instances/:id/tasks`. */
  path: string;
  /** The least role that may call it. */
  role: Role;
  /** True: not with an access token, only from a signed-in browser. */
  sessionOnly?: boolean;
  /** True: the answer holds a secret, and no cache may keep it. */
  noStore?: boolean;
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  /** Status of success; 200 unless said. */
  status?: 200 | 201 | 202 | 204;
  handler(input: RouteInput<P, Q, B>): Promise<z.input<R>> | z.input<R>;
};

/** A route with its types forgotten, as the app mounts it. */
export type Route = {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  role: Role;
  sessionOnly?: boolean;
  noStore?: boolean;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType;
  status?: 200 | 201 | 202 | 204;
  handler(input: RouteInput<undefined, undefined, undefined>): unknown;
};

/** Checks one route literal against its own schemas. */
export function route<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
  R extends z.ZodType = z.ZodType,
>(definition: RouteDefinition<P, Q, B, R>): Route {
  return definition as unknown as Route;
}
