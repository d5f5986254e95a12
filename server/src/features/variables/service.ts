import { REVEALED_FOR_MS } from '@cyclorama/shared/variables.ts';
import type { RevealedVariable, ScopedVariables } from '@cyclorama/shared/variables.ts';

import type { PutOnRecord } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import { createKeptRead } from '../../lib/kept-read.ts';
import type { Person } from '../../lib/person.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import { configured } from '../../upstream/cycle/configured.ts';
import { createDurations } from './durations.ts';

const KEEP_MS = 5_000;

export type VariablesService = ReturnType<typeof createVariablesService>;

type Deps = {
  client: CycleClient | null;
  /** Of the instance this process runs in; null where it is not known. */
  ownStartedAt: () => string | null;
  putOnRecord: PutOnRecord;
  clock: Clock;
} & Omit<Parameters<typeof createDurations>[0], 'clock'>;

/** Values are kept nowhere: a list holds names, and what is revealed is read anew. */
export function createVariablesService({ client, ownStartedAt, putOnRecord, clock, ...more }: Deps) {
  const durationsNow = createDurations({ ...more, clock });
  const names = createKeptRead({
    clock,
    keepMs: KEEP_MS,
    read: async () =>
      (await configured(client).scopedVariables()).map(({ name, value }) => ({
        name,
        isEmpty: value === '',
      })),
  });

  return {
    async list(): Promise<ScopedVariables> {
      const [{ value, freshness }, { durations, unknown }] = await Promise.all([names(), durationsNow()]);
      const startedAt = ownStartedAt();
      const variables = value.map((variable) => {
        const servedUntil = endOf(durations?.get(variable.name), startedAt);
        return servedUntil === undefined ? variable : { ...variable, servedUntil };
      });
      return { freshness, startedAt, variables, durationsUnknown: unknown };
    },

    /** On record before it is handed out. @throws AppError `not-found` where Cycle does not serve it, or no longer. */
    async reveal(name: string, person: Person): Promise<RevealedVariable> {
      const found = (await configured(client).scopedVariables()).find((each) => each.name === name);
      if (found === undefined) {
        throw new AppError('not-found', 'Cycle serves no variable of this name to the dashboard now.', {
          hint: 'Its duration may be over, or its scope was changed. Read the list again.',
        });
      }
      await putOnRecord({
        actor: person.name,
        action: 'variable.reveal',
        subject: { kind: 'variable', id: name, name },
        outcome: 'done',
        detail: 'Its value was shown.',
      });
      return { name, value: found.value, hideAt: isoOf(clock.now() + REVEALED_FOR_MS) };
    },
  };
}

/** Undefined: not known. */
function endOf(seconds: number | null | undefined, startedAt: string | null): string | null | undefined {
  if (seconds === null || seconds === undefined) return seconds;
  return startedAt === null ? undefined : isoOf(Date.parse(startedAt) + seconds * 1_000);
}
