import type { Clock } from '../../lib/clock.ts';
import type { SignedIn } from '../../lib/person.ts';

/** Null: nothing is over for the person, what is open is to connect again. */
type OnEnd = (reason: string | null) => void;

/** setTimeout fires at once beyond this. Access tokens live longer; their streams end early and reconnect. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** What is open under a session or an access token and ends with it, such as event streams. */
export type Watchers = {
  /** Calls `onEnd` once when the session expires or is ended. Returns how to unsubscribe. */
  watch(session: SignedIn, onEnd: OnEnd): () => void;
  end(id: string, reason: string | null): void;
  /** Ends what is open under each session for which there is a reason. */
  endWhere(reasonOf: (session: SignedIn) => string | null): void;
  /** Ids under which something is open. */
  ids(): IterableIterator<string>;
};

export function createWatchers(clock: Clock): Watchers {
  const watched = new Map<string, { session: SignedIn; ends: Set<OnEnd> }>();
  const end = (id: string, reason: string | null): void =>
    watched.get(id)?.ends.forEach((onEnd) => onEnd(reason));
  return {
    end,
    ids: () => watched.keys(),
    endWhere(reasonOf) {
      for (const [id, { session }] of watched) {
        const reason = reasonOf(session);
        if (reason !== null) end(id, reason);
      }
    },
    watch(session, onEnd) {
      const { id, expiresAt } = session;
      const ends = watched.get(id)?.ends ?? new Set();
      watched.set(id, { session, ends: ends.add(onEnd) });
      const left = Math.max(0, expiresAt - clock.now());
      const timer = setTimeout(() => onEnd('Your session has expired.'), Math.min(left, MAX_TIMER_MS));
      timer.unref();
      return () => {
        clearTimeout(timer);
        ends.delete(onEnd);
        if (ends.size === 0) watched.delete(id);
      };
    },
  };
}
