import type { Claim } from '@cyclorama/shared/claims.ts';
import { upInstanceStates } from '@cyclorama/shared/rules/claims.ts';

type Instance = {
  id: string;
  state: { current: string };
};

/** Running instances without an open claim here; they can be adopted. */
export function unclaimedInstances<T extends Instance>(
  instances: readonly T[],
  openClaims: readonly Pick<Claim, 'instanceId'>[],
): T[] {
  const held = new Set(openClaims.map(({ instanceId }) => instanceId));
  return instances.filter(({ id, state }) => upInstanceStates.includes(state.current) && !held.has(id));
}
