import { z } from 'zod';

import { failure, freshness, isoTime } from './common.ts';

export const robotDeployment = z.object({
  id: z.string(),
  type: z.string(),
  typeVersion: z.number().nullable(),
  region: z.string(),
  description: z.string(),
  addons: z.array(z.string()),
  /** Upper bound of who is ahead of you; 0 is no promise. Null when not yet read. */
  queueLength: z.number().nullable(),
  online: z.boolean().nullable(),
  lockedOut: z.boolean(),
  instancesSoFar: z.number().nullable(),
  createdAt: isoTime.nullable(),
});
export type RobotDeployment = z.infer<typeof robotDeployment>;

/** The longest queue searched for: a number, or `u` for no limit, which is the default ("rerobots API: GET /deployments"). */
const maxlen = z
  .string('expected u (no limit) or a whole number from 0, given once')
  .regex(/^(u|\d{1,9})$/, 'expected u (no limit) or a whole number from 0')
  .transform((text): number | 'u' => (text === 'u' ? text : Number(text)));

/** `GET /api/robots/deployments`: the search options of the rerobots API. */
export const deploymentsQuery = z.object({
  q: z.string().max(200).optional(),
  types: z.string().max(500).optional(),
  maxlen: maxlen.optional(),
  sort_by: z
    .enum(['inc_wtype', 'dec_wtype', 'inc_created', 'dec_created', 'inc_count', 'dec_count'])
    .optional(),
  /** 0 or absent: everything on one page. */
  max_per_page: z.coerce.number().int().min(0).max(500).optional(),
  page: z.coerce.number().int().min(1).optional(),
});
export type DeploymentsQuery = z.infer<typeof deploymentsQuery>;
export const deploymentsResponse = z.object({
  freshness,
  deployments: z.array(robotDeployment),
  types: z.array(z.string()),
  /** Which page of how many these are, and how many match on all of them. */
  page: z.number().optional(),
  pageCount: z.number().optional(),
  total: z.number().optional(),
});
export type DeploymentsResponse = z.infer<typeof deploymentsResponse>;

/** A booking's life, whoever's: `queued` waits as a reservation; the last five are final. */
export const bookingState = z.enum([
  'requested',
  'queued',
  'starting',
  'ready',
  'terminating',
  'terminated',
  'failed',
  'refused',
  'cancelled',
  'lost',
]);
export type BookingState = z.infer<typeof bookingState>;

export const connection = z.object({
  host: z.string(),
  port: z.number(),
  user: z.literal('root'),
  command: z.string(),
  /** `known_hosts` lines. */
  hostKeys: z.array(z.string()),
});

export const booking = z.object({
  id: z.string(),
  /** Null: an instance or reservation of the account that nobody booked here ("unclaimed"). */
  owner: z.string().nullable(),
  deploymentId: z.string().nullable(),
  type: z.string(),
  region: z.string().nullable(),
  state: bookingState,
  /** The upstream's id; a reservation's id becomes the instance's. */
  instanceId: z.string().nullable(),
  requestedAt: isoTime,
  startedAt: isoTime.nullable(),
  endsAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  vpn: z.boolean(),
  /** When it became ready, and since when its owner has done nothing with it here. */
  readyAt: isoTime.nullable().optional(),
  idleSince: isoTime.nullable().optional(),
  /** Termination was asked for while it can't be done yet (INIT); it will be carried out. */
  terminationRequested: z.boolean(),
  /** It waits for its turn here: nothing was sent to rerobots yet, and it can be taken back. */
  held: z.boolean().optional(),
  /** A sentence worth knowing about this booking, such as where its key is; null where there is none. */
  note: z.string().nullish(),
  connection: connection.nullable(),
  failure: failure.nullable(),
});
export type Booking = z.infer<typeof booking>;

export const bookingsQuery = z.object({ state: z.enum(['open', 'ended', 'all']).default('open') });
export const bookingsResponse = z.object({ freshness, bookings: z.array(booking) });
export type BookingsResponse = z.infer<typeof bookingsResponse>;

/** `POST /api/bookings`: by deployment or by type, exactly one. */
export const bookingRequest = z
  .strictObject({
    deploymentId: z.uuid().optional(),
    type: z.string().min(1).max(100).optional(),
    /** Wait in the queue where it is busy. */
    reserve: z.boolean().default(false),
    vpn: z.boolean().default(false),
    /** The user's own public key (OpenSSH line); the private half never comes here. */
    sshPublicKey: z.string().max(4096).optional(),
    expiresInSeconds: z
      .number()
      .int()
      .min(60)
      .max(7 * 86_400)
      .optional(),
  })
  .refine((body) => (body.deploymentId === undefined) !== (body.type === undefined), {
    message: 'expected exactly one of deploymentId and type',
    path: ['deploymentId'],
  });
export type BookingRequest = z.infer<typeof bookingRequest>;
