import { AppError } from '../lib/errors.ts';
import type { SignedIn } from '../lib/person.ts';

export type PersonLimit = {
  allows(session: SignedIn): boolean;
  /** Counts one more until the returned function is called. @throws AppError `rate-limited` at the limit. */
  enter(session: SignedIn): () => void;
};

type Options = {
  /** What is counted, in the plural: `event streams`. */
  what: string;
  perPerson: number;
  /** Of which by one access token, so that a script that goes astray leaves its owner some. */
  perToken: number;
  retryAfterSeconds: number;
};

/** How many of something a person may have open at a time, on this process. */
export function createPersonLimit({ what, perPerson, perToken, retryAfterSeconds }: Options): PersonLimit {
  const open = new Map<string, number>();
  const countersOf = ({ id, name, way }: SignedIn): { key: string; most: number; whose: string }[] => [
    { key: `person ${name}`, most: perPerson, whose: 'You have' },
    ...(way === 'access-token' ? [{ key: id, most: perToken, whose: 'This access token has' }] : []),
  ];
  const fullOf = (session: SignedIn) =>
    countersOf(session).find(({ key, most }) => (open.get(key) ?? 0) >= most);

  return {
    allows: (session) => fullOf(session) === undefined,
    enter(session) {
      const full = fullOf(session);
      if (full !== undefined) {
        throw new AppError(
          'rate-limited',
          `${full.whose} ${full.most} ${what} open, the most allowed at a time.`,
          {
            hint: 'Close one, or wait until one has ended.',
            retryAfterSeconds,
          },
        );
      }
      const keys = countersOf(session).map(({ key }) => key);
      for (const key of keys) open.set(key, (open.get(key) ?? 0) + 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        for (const key of keys) {
          const rest = (open.get(key) ?? 1) - 1;
          if (rest === 0) open.delete(key);
          else open.set(key, rest);
        }
      };
    },
  };
}
