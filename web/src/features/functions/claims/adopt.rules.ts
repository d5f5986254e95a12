import type { Claim } from '@cyclorama/shared/claims.ts';

type Instance = {
  id: string;
  state: { current: string };
};

// What the scheduler lists as in use: it is up or coming up ("Cycle function containers").
const up: readonly string[] = ['starting', 'running', 'migrating'];

/** The instances of a pool that are up without an open claim: others', and open to adoption. */
export function unclaimedInstances<T extends Instance>(
  instances: readonly T[],
  openClaims: readonly Pick<Claim, 'instanceId'>[],
): T[] {
  const held = new Set(openClaims.map(({ instanceId }) => instanceId));
  return instances.filter(({ id, state }) => up.includes(state.current) && !held.has(id));
}
