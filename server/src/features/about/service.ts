import type { About } from '@cyclorama/shared/session.ts';

/** What an instance says of itself to whoever watches over it. */
export type Readiness = { ready: boolean; store: 'ok' | 'failing'; cycle: string };

export type AboutService = {
  about(): About;
  /** Ready once the store answers and Cycle has been read, or is known to be down: then the page says so. */
  readiness(): Promise<Readiness>;
  /** From now on not ready, so that no new requests are sent here. */
  leave(): void;
};

type Deps = {
  version: string;
  notice: string | null;
  /** Resolves when the store answers. */
  pingStore: () => Promise<unknown>;
  cycle: { freshness(): { state: string; failingSince: string | null; reason: string | null } };
};

export function createAboutService({ version, notice, pingStore, cycle }: Deps): AboutService {
  let leaving = false;
  return {
    about: () => ({ name: 'Cyclorama', version, notice }),
    async readiness() {
      const { state, failingSince, reason } = cycle.freshness();
      const starting = state === 'unavailable' && failingSince === null;
      const store = await pingStore().then(
        () => 'ok' as const,
        () => 'failing' as const,
      );
      return { ready: store === 'ok' && !starting && !leaving, store, cycle: reason ?? state };
    },
    leave() {
      leaving = true;
    },
  };
}
