import type { About } from '@cyclorama/shared/session.ts';

export type Readiness = { ready: boolean; store: 'ok' | 'failing'; reason?: string; cycle: string };

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
  /** Null while the store can be used. */
  storeFault: () => About['store'];
  pingStore: () => Promise<unknown>;
  cycle: { freshness(): { state: string; failingSince: string | null; reason: string | null } };
};

export function createAboutService({
  version,
  notice,
  publicUrl,
  storeFault,
  pingStore,
  cycle,
}: Deps): AboutService {
  let leaving = false;
  return {
    about: () => ({ name: 'Cyclorama', version, notice, publicUrl, store: storeFault() }),
    async readiness() {
      const { state, failingSince, reason } = cycle.freshness();
      const starting = state === 'unavailable' && failingSince === null;
      const store = await pingStore().then(
        () => 'ok' as const,
        () => 'failing' as const,
      );
      const fault = storeFault();
      return {
        ready: !starting && !leaving,
        store: fault === null ? store : 'failing',
        ...(fault === null ? {} : { reason: `${fault.message} ${fault.hint}` }),
        cycle: reason ?? state,
      };
    },
    leave() {
      leaving = true;
    },
  };
}
