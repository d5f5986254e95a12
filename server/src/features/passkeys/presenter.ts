import type { Passkey } from '@cyclorama/shared/passkeys.ts';

import { isoOf } from '../../lib/clock.ts';
import type { PasskeyRow } from '../../store/passkeys.ts';

export function presentPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    person: row.person,
    name: row.name,
    createdAt: isoOf(row.created_at),
    lastUsedAt: row.last_used_at === null ? null : isoOf(row.last_used_at),
    backedUp: row.backed_up === 1,
  };
}
