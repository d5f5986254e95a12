import { z } from 'zod';

import { isoTime, role } from './common.ts';

/** `POST /api/session`: a VPN account of the environment. */
export const signInRequest = z.strictObject({
  username: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(1000),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** `GET` and `POST /api/session`. Changes carry `csrfToken` in the header `X-CSRF-Token`. */
export const session = z.object({
  user: z.object({ name: z.string(), role }),
  csrfToken: z.string(),
  expiresAt: isoTime,
});
export type Session = z.infer<typeof session>;

/** Why nothing can be kept or changed now, and what whoever runs the server does about it. */
export const storeFault = z.object({ message: z.string(), hint: z.string() });

/** `GET /api/about`: what may be known before signing in. */
export const about = z.object({
  name: z.literal('Cyclorama'),
  version: z.string(),
  /** A line shown on every page, such as that the upstreams are simulated. */
  notice: z.string().nullable(),
  /** Null while the store works. */
  store: storeFault.nullable(),
});
export type About = z.infer<typeof about>;
