import type { FunctionPool } from '@cyclorama/shared/claims.ts';
import { newClaimRefusal } from '@cyclorama/shared/rules/claims.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';

import { useIsSetUp } from '../../../api/not-set-up.tsx';
import { useSession } from '../../../api/session.ts';

/** Why this person can't claim of a pool, or adopt in one. */
export function useClaimRefusal() {
  const { user } = useSession();
  const notSetUp = useIsSetUp('scheduler') === false ? 'Claims are not set up.' : null;
  return {
    claim: (pool: FunctionPool) => notSetUp ?? newClaimRefusal(pool, user.role),
    adopt: notSetUp ?? roleRefusal(user.role, 'operator'),
  };
}
