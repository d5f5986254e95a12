import { z } from 'zod';

import { accessToken } from './access-tokens.ts';
import { isoTime, role } from './common.ts';
import { personWay, signInWay } from './session.ts';

export const personSession = z.object({
  id: z.string(),
  way: signInWay,
  createdAt: isoTime,
  /** To the minute. */
  lastSeenAt: isoTime,
  expiresAt: isoTime,
  /** Null where unknown, or not for the reader's eyes. */
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** The one the request came with. */
  current: z.boolean(),
});
export type PersonSession = z.infer<typeof personSession>;

export const ownSessionsResponse = z.object({ sessions: z.array(personSession) });
export type OwnSessionsResponse = z.infer<typeof ownSessionsResponse>;

/** What gives the role: a setting, the groups of the sign-in provider, an admin here, or nothing (viewer). */
export const roleFrom = z.enum(['admin-users', 'operator-users', 'provider', 'team', 'default']);
export type RoleFrom = z.infer<typeof roleFrom>;

const byWhom = z.object({ by: z.string().nullable(), at: isoTime });

export const teamPerson = z.object({
  name: z.string(),
  way: personWay,
  role,
  roleFrom,
  /** Null unless `roleFrom` is `team`. */
  roleSet: byWhom.nullable(),
  lastSeenAt: isoTime,
  /** Of the last sign-in that vouched for the person. */
  confirmedAt: isoTime,
  blocked: byWhom.nullable(),
  /** Why the person has no access now, beside being blocked; null: there is access, or a block. */
  lapse: z.string().nullable(),
  sessions: z.array(personSession),
  tokens: z.array(accessToken),
});
export type TeamPerson = z.infer<typeof teamPerson>;

export const teamResponse = z.object({ people: z.array(teamPerson) });
export type TeamResponse = z.infer<typeof teamResponse>;

export const roleChange = z.strictObject({ role });
export type RoleChange = z.infer<typeof roleChange>;
