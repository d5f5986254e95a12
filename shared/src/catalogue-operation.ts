import type { z } from 'zod';

import type { Role } from './common.ts';
import type { AccessPart } from './robot-access.ts';
import { noBody } from './upstream-bodies.ts';

export type ProxiedUpstream = 'cycle' | 'scheduler' | 'rerobots' | 'platform';

export type Operation = {
  /** Stable (`cycle.environment`): it is stored in records. */
  id: string;
  upstream: ProxiedUpstream;
  method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/functions/{containerId}/active`. */
  path: string;
  /** Lowest role that may call it. */
  role: Role;
  changes: boolean;
  /** False: refused by the proxy; `help` says why and what to use instead. */
  proxied: boolean;
  /** What of a successful answer is passed on, in the notation of `fields.ts`; anything else is left out. */
  fields: string;
  /** The answer is a list of such objects. */
  isList?: true;
  /** Query parameters that are passed on, and what their values must be. */
  query: Readonly<Record<string, z.ZodType>>;
  /** What a change takes as its body; what it gives is sent. */
  body: z.ZodType;
  /** What it touches: a kind, and where its id stands, in the path or in the body. None: the upstream itself. */
  target?: Target;
  /** Only for a person at a browser, as the route literal's: no access token. */
  sessionOnly: boolean;
  /** Asks for a recent authentication, as the route literal's. */
  confirm: boolean;
  /** It ends what people work on: its name is asked for first. */
  takesDown?: 'server' | 'robot';
  /** The dashboard's own route for the same (`POST /api/bookings/:id/vpn`), which may not allow less; null: there is none. */
  route: string | null;
  /** Part of the robot that it is about: refused while a booked robot has none, as by the route. */
  part?: AccessPart;
  /** Path parameter of a robot instance that only its booker and admins may touch. */
  owned?: string;
  /** One line for people. */
  help: string;
};

type Target = { kind: TargetKind; param: string } | { kind: TargetKind; field: string };
export type TargetKind = 'robot' | 'deployment' | 'image' | 'ci';

type Given = Pick<Operation, 'id' | 'path' | 'help'> & Partial<Operation>;
type GivenChange = Given & Pick<Operation, 'route'>;

/** What changes answer unless said otherwise; those of rerobots are empty. */
const ANSWERS: Record<ProxiedUpstream, string> = {
  cycle: 'data',
  scheduler: 'data',
  rerobots: '',
  platform: 'data',
};

/** Reads default to viewers, changes to operators; a change says which route does the same. */
export function operationsOf(upstream: ProxiedUpstream) {
  const entry =
    (method: Operation['method']) =>
    (given: Given): Operation => ({
      upstream,
      method,
      role: method === 'GET' ? 'viewer' : 'operator',
      changes: method !== 'GET',
      proxied: true,
      fields: ANSWERS[upstream],
      query: {},
      body: noBody,
      sessionOnly: false,
      confirm: false,
      route: null,
      ...given,
      id: `${upstream}.${given.id}`,
    });
  return {
    get: entry('GET'),
    post: entry('POST') as (given: GivenChange) => Operation,
    del: entry('DELETE') as (given: GivenChange) => Operation,
  };
}
