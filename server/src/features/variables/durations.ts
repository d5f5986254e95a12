import type { Clock } from '../../lib/clock.ts';
import type { PlatformClient } from '../../upstream/cycle-platform/client.ts';

/** Durations change seldom, and a call is the whole hub's. */
const KEEP_MS = 60_000;

type Known = { durations: ReadonlyMap<string, number | null>; unknown: null };
type Unknown = { durations: null; unknown: string };

type Deps = {
  platform: Pick<PlatformClient, 'configured' | 'variableDurations'>;
  environmentId: () => string | null;
  clock: Clock;
};

/**
 * The internal API serves values only, so durations are read from the public API: one read for all, an answer and a
 * refusal kept alike.
 */
export function createDurations({ platform, environmentId, clock }: Deps): () => Promise<Known | Unknown> {
  let kept: { at: number; result: Promise<Known | Unknown> } | null = null;

  const read = async (id: string): Promise<Known | Unknown> => {
    const answer = await platform.variableDurations(id);
    return answer.ok
      ? { durations: answer.value, unknown: null }
      : { durations: null, unknown: answer.error.message };
  };

  return async () => {
    if (!platform.configured)
      return unknown('Cycle’s public API tells durations, and it is not set up here.');
    const id = environmentId();
    if (id === null) return unknown('The environment has not been read yet.');
    if (kept === null || clock.now() - kept.at >= KEEP_MS) kept = { at: clock.now(), result: read(id) };
    return kept.result;
  };
}

const unknown = (sentence: string): Unknown => ({ durations: null, unknown: sentence });
