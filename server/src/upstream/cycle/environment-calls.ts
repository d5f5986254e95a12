import type { createCycleReads } from './reads.ts';
import { unlessForbidden } from './scope.ts';
import type * as domain from './types.ts';
import * as wire from './wire.ts';

type Parts = Pick<ReturnType<typeof createCycleReads>, 'readOne'>;

/** What the environment holds besides its containers and what they run on. */
export function createEnvironmentCalls({ readOne }: Parts) {
  return {
    /**
     * `GET /v1/environment/scoped-variables`: only those whose scope covers this container, by identifier. One with a
     * duration is absent once its instance has run that long; one whose URL could not be fetched is empty (Cycle docs,
     * "Scoped Variables"). All values are secrets.
     */
    scopedVariables: (): Promise<domain.CycleScopedVariable[]> =>
      unlessForbidden('the scoped variables', 'environment', () =>
        readOne('/v1/environment/scoped-variables', wire.scopedVariables, (it) =>
          Object.entries(it).map(([name, value]) => ({ name, value })),
        ),
      ),
  };
}
