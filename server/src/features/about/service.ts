import type { Freshness } from '@cyclorama/shared/common.ts';
import type { About } from '@cyclorama/shared/session.ts';

import type { Clock } from '../../lib/clock.ts';

/** Anyone may ask: however often, the store is asked once a second. */
const PING_EVERY_MS = 1_000;

export type Readiness = { ready: boolean; store: 'ok' | 'failing'; reason?: string; cycle: CycleState };

/** In our words only: the upstream’s own are for people who are signed in. */
type CycleState = Freshness['state'] | 'starting';

export type AboutService = {
  about(): About;
  /**
   * Ready once Cycle was read or is known to be down, until `leave`. A failing store is told but does not count: live
   * views go on without it, and every replica shares its fault, so turning away from one helps nobody.
   */
  readiness(): Promise<Readiness>;
  /** Not ready from then on, so that load balancers send no more requests. */
  leave(): void;
};

type Deps = {
  version: string;
  notice: string | null;
  publicUrl: string | null;
  signIn: About['signIn'];
  /** Null while the store can be used. */
  storeFault: () => About['store'];
  pingStore: () => Promise<unknown>;
  cycle: { freshness(): Pick<Freshness, 'state' | 'failingSince'> };
  clock: Clock;
};

export function createAboutService({
  version,
  notice,
  publicUrl,
  signIn,
  storeFault,
  pingStore,
  cycle,
  clock,
}: Deps): AboutService {
  let leaving = false;
  let last: { at: number; store: Promise<'ok' | 'failing'> } | undefined;
  const ping = (): Promise<'ok' | 'failing'> => {
    const now = clock.now();
    if (last === undefined || now - last.at >= PING_EVERY_MS || now < last.at) {
      const store = pingStore().then(
        () => 'ok' as const,
        () => 'failing' as const,
      );
      last = { at: now, store };
    }
    return last.store;
  };
  return {
    about: () => ({ name: 'Cyclorama', version, notice, publicUrl, signIn, store: storeFault() }),
    async readiness() {
      const { state, failingSince } = cycle.freshness();
      const starting = state === 'unavailable' && failingSince === null;
      const store = await ping();
      const fault = storeFault();
      return {
        ready: !starting && !leaving,
        store: fault === null ? store : 'failing',
        ...(fault === null ? {} : { reason: `${fault.message} ${fault.hint}` }),
        cycle: starting ? 'starting' : state,
      };
    },
    leave() {
      leaving = true;
    },
  };
}
