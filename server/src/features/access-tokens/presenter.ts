import type { AccessToken } from '@cyclorama/shared/access-tokens.ts';

import { isoOf } from '../../lib/clock.ts';
import type { AccessTokenRow } from '../../store/access-tokens.ts';

export function presentAccessToken(row: AccessTokenRow): AccessToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: isoOf(row.created_at),
    expiresAt: isoOf(row.expires_at),
    lastUsedAt: row.last_used_at === null ? null : isoOf(row.last_used_at),
  };
}
