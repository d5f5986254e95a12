import { ownerRefusal } from '@cyclorama/shared/rules/roles.ts';

import { AppError } from './errors.ts';
import type { Person } from './person.ts';

export function checkMayActOn({ owner }: { owner: string | null }, person: Person): void {
  const why = ownerRefusal(owner, person);
  if (why !== null) throw new AppError('forbidden', why);
}

export function refuseIf(why: string | null, hint?: string): void {
  if (why !== null) throw new AppError('not-allowed-now', why, hint === undefined ? {} : { hint });
}
