import { z } from 'zod';

import { failure, freshness, isoTime } from './common.ts';

/**
 * Expected wait from recorded queue lengths: between `lowSeconds` and `highSeconds` with probability `chance`. Null
 * with too little data.
 */
export const waitForecast = z.object({
  lowSeconds: z.number(),
  /** Null: no upper bound at this probability. */
  highSeconds: z.number().nullable(),
  chance: z.number(),
  /** Number of recorded waits. */
  basis: z.number(),
});
export type WaitForecast = z.infer<typeof waitForecast>;

export const robotDeployment = z.object({
  id: z.string(),
  /** The team's own name for it; absent where it has none. */
  nickname: z.string().optional(),
  type: z.string(),
  typeVersion: z.number().nullable(),
  region: z.string(),
  description: z.string(),
  addons: z.array(z.string()),
  /** Upper bound of the queue ahead; 0 is no promise. Null before the first read. */
  queueLength: z.number().nullable(),
  online: z.boolean().nullable(),
  lockedOut: z.boolean(),
  /** An access rule closes it to the team's account; absent where none is known. */
  notPermitted: z.literal(true).optional(),
  instancesSoFar: z.number().nullable(),
  /** For who joins its queue now. Null with too little data, absent before it was first estimated. */
  wait: waitForecast.nullable().optional(),
  createdAt: isoTime.nullable(),
});
export type RobotDeployment = z.infer<typeof robotDeployment>;

/** A number, or `u` for no limit (the default; "rerobots API: GET /deployments"). */
const maxlen = z
  .string('expected u (no limit) or a whole number from 0, given once')
  .regex(/^(u|\d{1,9})$/, 'expected u (no limit) or a whole number from 0')
  .transform((text): number | 'u' => (text === 'u' ? text : Number(text)));

/** The search options of the rerobots API. */
export const deploymentsQuery = z.object({
  q: z.string().max(200).optional(),
  types: z.string().max(500).optional(),
  maxlen: maxlen.optional(),
  sort_by: z
    .enum(['inc_wtype', 'dec_wtype', 'inc_created', 'dec_created', 'inc_count', 'dec_count'])
    .optional(),
  /** 0 or absent: one page. */
  max_per_page: z.coerce.number().int().min(0).max(500).optional(),
  page: z.coerce.number().int().min(1).optional(),
});
export type DeploymentsQuery = z.infer<typeof deploymentsQuery>;
export const deploymentsResponse = z.object({
  freshness,
  deployments: z.array(robotDeployment),
  types: z.array(z.string()),
  /** Page number, and matches on all pages. */
  page: z.number().optional(),
  pageCount: z.number().optional(),
  total: z.number().optional(),
});
export type DeploymentsResponse = z.infer<typeof deploymentsResponse>;

/** `queued` waits as a reservation; the last five are final. */
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
  /** Null: unclaimed, i.e. on the account but not booked here. */
  owner: z.string().nullable(),
  deploymentId: z.string().nullable(),
  /** Deployments that were asked for, any of them. */
  candidates: z.array(z.string()).optional(),
  /** The robot's, as the team named it. */
  nickname: z.string().optional(),
  /** While queued, from now: as if everyone else in its queue were ahead. Null with too little data. */
  wait: waitForecast.nullable().optional(),
  type: z.string(),
  region: z.string().nullable(),
  state: bookingState,
  /** A reservation's id becomes the instance's. */
  instanceId: z.string().nullable(),
  requestedAt: isoTime,
  startedAt: isoTime.nullable(),
  endsAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  vpn: z.boolean(),
  /** `readyAt`, and the owner's last action on it here. */
  readyAt: isoTime.nullable().optional(),
  idleSince: isoTime.nullable().optional(),
  /** Requested while it can't be done yet (INIT); carried out later. */
  terminationRequested: z.boolean(),
  /** Waits here: nothing was sent to rerobots yet, so it can be withdrawn. */
  held: z.boolean().optional(),
  /** A sentence about this booking, such as where its key is. */
  note: z.string().nullish(),
  /** rerobots doesn't show what it accepted: since when, and what comes next in one sentence. */
  waiting: z.object({ since: isoTime, message: z.string() }).nullish(),
  connection: connection.nullable(),
  failure: failure.nullable(),
});
export type Booking = z.infer<typeof booking>;

export const bookingsQuery = z.object({ state: z.enum(['open', 'ended', 'all']).default('open') });
export const bookingsResponse = z.object({ freshness, bookings: z.array(booking) });
export type BookingsResponse = z.infer<typeof bookingsResponse>;

/** By deployment, by type, or any of some deployments of one type; exactly one of these. */
export const bookingRequest = z
  .strictObject({
    deploymentId: z.uuid().optional(),
    type: z.string().min(1).max(100).optional(),
    deploymentIds: z.array(z.uuid()).min(2).max(50).optional(),
    /** Wait in the queue if it is busy. */
    reserve: z.boolean().default(false),
    vpn: z.boolean().default(false),
    /** An OpenSSH line; the private key never comes here. */
    sshPublicKey: z.string().max(4096).optional(),
    expiresInSeconds: z
      .number()
      .int()
      .min(60)
      .max(7 * 86_400)
      .optional(),
  })
  .refine(
    ({ deploymentId, type, deploymentIds }) =>
      [deploymentId, type, deploymentIds].filter((target) => target !== undefined).length === 1,
    { message: 'expected exactly one of deploymentId, type and deploymentIds', path: ['deploymentId'] },
  );
export type BookingRequest = z.infer<typeof bookingRequest>;
