import type { AccessToken } from '@cyclorama/shared/access-tokens.ts';
import type { PersonSession, TeamPerson } from '@cyclorama/shared/team.ts';

import { isoOf } from '../../lib/clock.ts';
import type { PersonRow } from '../../store/people.ts';
import type { SessionRow } from '../../store/sessions.ts';

/** `withPlace` false: without address and browser. */
export function presentPersonSession(
  row: SessionRow,
  { currentId, withPlace }: { currentId: string; withPlace: boolean },
): PersonSession {
  return {
    id: row.id,
    way: row.way,
    createdAt: isoOf(row.created_at),
    lastSeenAt: isoOf(row.last_seen_at),
    expiresAt: isoOf(row.expires_at),
    address: withPlace ? row.address : null,
    userAgent: withPlace ? row.user_agent : null,
    current: row.id === currentId,
  };
}

type Parts = Pick<TeamPerson, 'role' | 'roleFrom' | 'lapse' | 'sessions'> & {
  tokens: AccessToken[];
  lastSeenAt: number;
};

export function presentTeamPerson(row: PersonRow, { lastSeenAt, roleFrom, ...parts }: Parts): TeamPerson {
  const isSetHere = roleFrom === 'team' && row.role_set_at !== null;
  return {
    name: row.name,
    way: row.way,
    roleFrom,
    ...parts,
    roleSet: isSetHere ? { by: row.role_set_by, at: isoOf(row.role_set_at ?? 0) } : null,
    blocked: row.blocked_at === null ? null : { by: row.blocked_by, at: isoOf(row.blocked_at) },
    confirmedAt: isoOf(row.confirmed_at),
    lastSeenAt: isoOf(lastSeenAt),
  };
}
