import { backoffMs } from '@cyclorama/shared/backoff.ts';
import type { ConsoleResponse } from '@cyclorama/shared/output.ts';

import { UpstreamError } from '../../../lib/errors.ts';
import type { ConsoleAddress } from '../../../upstream/cycle-platform/console.ts';
import { openConsole } from '../../../upstream/cycle-platform/console.ts';
import { createConsoleText } from './text.ts';

const connectWaits = { firstMs: 1_000, longestMs: 30_000 };
/** So long a refusal answers all who ask. */
const REFUSED_FOR_MS = 5_000;

export type ConsoleStream = ReturnType<typeof createConsoleStream>;

type Options = {
  /** A new token each time. @throws UpstreamError */
  authorize: () => Promise<ConsoleAddress>;
  isEncrypted: boolean;
  /** Something changed for those who look. */
  onChange: () => void;
  /** Distinguishes this stream's places from those of another process. */
  id: string;
};

/** One connection for all who look. When it breaks off it begins anew, with what Cycle still has. */
export function createConsoleStream({ authorize, isEncrypted, onChange, id }: Options) {
  let text = createConsoleText();
  let connection = 0;
  let version = 0;
  let state: ConsoleResponse['state'] = 'connecting';
  let reason: string | null = null;
  let refusal: UpstreamError | null = null;
  let failures = 0;
  let close = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const become = (next: typeof state, why: string | null): void => {
    state = next;
    reason = why;
    version += 1;
    onChange();
  };
  const again = (why: string): void => {
    if (stopped) return;
    failures += 1;
    become('reconnecting', why);
    timer = setTimeout(() => void connect(), backoffMs(failures, { ...connectWaits, random: Math.random }));
  };
  const connect = async (): Promise<void> => {
    try {
      const address = await authorize();
      if (stopped) return;
      let isNew = true;
      close = openConsole(address, isEncrypted, {
        onOpen: () => {
          failures = 0;
          become('live', null);
        },
        onBytes: (bytes) => {
          // Cycle sends again what it kept: until then what was shown stays.
          if (isNew) {
            text = createConsoleText();
            connection += 1;
          }
          isNew = false;
          text.add(bytes);
          version += 1;
          onChange();
        },
        onEnd: again,
      });
    } catch (error) {
      if (stopped) return;
      if (!(error instanceof UpstreamError)) throw error;
      if (error.fault !== 'refused' && error.fault !== 'unconfigured') return again(error.message);
      refusal = error;
      become('reconnecting', error.message);
      timer = setTimeout(() => {
        refusal = null;
        void connect();
      }, REFUSED_FOR_MS);
    }
  };
  void connect();

  const place = (): string => `${id}.${connection}.${text.end}.${version}`;

  return {
    /** `isNews`: something has changed since then. @throws UpstreamError where Cycle refuses it now, and why */
    read(after: string | undefined): { isNews: boolean; answer: ConsoleResponse } {
      if (refusal !== null) throw refusal;
      const [whose, which, end] = after?.split('.') ?? [];
      const isSame = whose === id && which === String(connection);
      const since = isSame ? text.since(Number(end)) : null;
      const answer = {
        state,
        reason,
        after: place(),
        isReset: since === null,
        text: since ?? text.all(),
        partial: text.partial(),
      };
      return { isNews: after !== answer.after, answer };
    },
    stop(): void {
      stopped = true;
      clearTimeout(timer);
      close();
    },
  };
}
