import type { Difference, RecordedHistory } from '@cyclorama/shared/history.ts';
import type { Topology } from '@cyclorama/shared/topology.ts';
import type { Kysely } from 'kysely';

import { isoOf } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import { KEPT_DAYS } from '../../store/retention/kept.ts';
import type { Database } from '../../store/schema.ts';
import { picturesFor, recordedSpans } from '../../store/topology-history.ts';
import type { RecordedSpan } from '../../store/topology-history.ts';
import { decodePictures } from './codec.ts';
import type { Nodes } from './codec.ts';
import { differenceOf } from './difference.ts';
import { STEP_MS } from './recorder.ts';

export type HistoryService = {
  recorded(): Promise<RecordedHistory>;
  /** In the minute in which `at` lies. Throws AppError `not-found` where nothing was recorded. */
  topology(at: number): Promise<Topology>;
  difference(between: { from: number; to: number }): Promise<Difference>;
};

export function createHistoryService({ db }: { db: Kysely<Database> }): HistoryService {
  const nodesAt = async (at: number): Promise<Nodes> => {
    const spans = await recordedSpans(db);
    if (!spans.some(({ from, until }) => from <= at && at < until + STEP_MS)) throw notRecorded(at, spans);
    const [full, ...changes] = (await picturesFor(db, at)).map(({ body }) => body);
    if (full === undefined) throw notRecorded(at, spans);
    return decodePictures([full, ...changes]);
  };
  return {
    async recorded() {
      return { spans: await recordedSpans(db), stepMs: STEP_MS, keptDays: KEPT_DAYS.pictures };
    },
    async topology(at) {
      const nodes = await nodesAt(at);
      const minute = Math.floor(at / STEP_MS) * STEP_MS;
      return {
        epoch: 'past',
        revision: minute,
        freshness: { state: 'live', asOf: isoOf(minute), failingSince: null, reason: null },
        nodes: [...nodes.values()],
      };
    },
    async difference({ from, to }) {
      if (to <= from)
        throw new AppError('invalid-request', 'query.to: expected a time after query.from.', {
          field: 'query.to',
        });
      const [before, after] = await Promise.all([nodesAt(from), nodesAt(to)]);
      return { from, to, items: differenceOf(before, after) };
    },
  };
}

const minuteText = (at: number): string => `${isoOf(at).slice(0, 16).replace('T', ' ')} UTC`;

function notRecorded(at: number, spans: readonly RecordedSpan[]): AppError {
  const first = spans[0];
  const message = `The environment was not recorded at ${minuteText(at)}.`;
  const hint =
    first === undefined
      ? 'Recording begins with the first minute in which Cycle answers.'
      : at < first.from
        ? `The record begins at ${minuteText(first.from)}. Choose a later time.`
        : 'Cyclorama was not running then, or Cycle did not answer. Choose another time.';
  return new AppError('not-found', message, { hint });
}
