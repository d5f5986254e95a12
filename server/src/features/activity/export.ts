import type { ActivityEntry, activityExportQuery } from '@cyclorama/shared/activity.ts';
import { csvRecord } from '@cyclorama/shared/csv.ts';
import type { Cell } from '@cyclorama/shared/csv.ts';
import type { Kysely } from 'kysely';
import type { z } from 'zod';

import type { Download } from '../../http/download-route.ts';
import type { PutOnRecord } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import { currentRequest } from '../../lib/request-context.ts';
import type { ActivityRow } from '../../store/activity-chain.ts';
import { activityAfter } from '../../store/activity.ts';
import type { Database } from '../../store/schema.ts';
import { presentActivity } from './presenter.ts';
import { filterOf } from './service.ts';

const ROWS_AT_ONCE = 1_000;

type Row = { entry: ActivityEntry; row: ActivityRow };

const columns: [name: string, of: (row: Row) => Cell][] = [
  ['entry', ({ entry }) => entry.id],
  ['at (UTC)', ({ entry }) => entry.at],
  ['person', ({ entry }) => entry.actor],
  ['action', ({ entry }) => entry.action],
  ['outcome', ({ entry }) => entry.outcome],
  ['resource kind', ({ entry }) => entry.subject?.kind ?? null],
  ['resource id', ({ entry }) => entry.subject?.id ?? null],
  ['resource', ({ entry }) => entry.subject?.name ?? null],
  ['detail', ({ entry }) => entry.detail],
  ['before', ({ entry }) => entry.before],
  ['after', ({ entry }) => entry.after],
  ['reason', ({ entry }) => entry.origin?.reason ?? null],
  ['way in', ({ entry }) => entry.way],
  ['session or token id', ({ entry }) => entry.origin?.wayId ?? null],
  ['token', ({ entry }) => entry.origin?.wayName ?? null],
  ['address', ({ entry }) => entry.origin?.address ?? null],
  ['request id', ({ entry }) => entry.origin?.requestId ?? null],
  ['outcome of entry', ({ entry }) => entry.intent],
  ['hash', ({ row }) => row.hash],
];

type Deps = { db: Kysely<Database>; clock: Clock; putOnRecord: PutOnRecord };

/** Oldest first, with all that admins see. The export is on record itself. */
export function activityFile(
  { format, ...query }: z.output<typeof activityExportQuery>,
  { db, clock, putOnRecord }: Deps,
): Download {
  async function* slices(): AsyncGenerator<Row[]> {
    await putOnRecord({
      actor: currentRequest()?.caller?.person ?? null,
      action: 'activity.export',
      outcome: 'done',
      detail: `As ${format}.`,
    });
    const filter = filterOf(query, 'admin');
    for (let after = 0; ;) {
      const rows = await activityAfter(db, { ...filter, after, limit: ROWS_AT_ONCE });
      yield rows.map((row) => ({ row, entry: presentActivity(row, 'admin') }));
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)?.id ?? after;
    }
  }
  const fileName = `activity-${isoOf(clock.now()).slice(0, 19).replaceAll(':', '-')}Z.${format}`;
  return format === 'csv'
    ? { fileName, contentType: 'text/csv; charset=utf-8', chunks: csvOf(slices()) }
    : { fileName, contentType: 'application/jsonl; charset=utf-8', chunks: linesOf(slices()) };
}

async function* csvOf(slices: AsyncIterable<Row[]>): AsyncGenerator<string> {
  let head = csvRecord(columns.map(([name]) => name));
  for await (const rows of slices) {
    yield head + rows.map((row) => csvRecord(columns.map(([, of]) => of(row)))).join('');
    head = '';
  }
}

async function* linesOf(slices: AsyncIterable<Row[]>): AsyncGenerator<string> {
  for await (const rows of slices) {
    yield rows
      .map(({ entry, row: { previous, hash } }) => `${JSON.stringify({ ...entry, previous, hash })}\n`)
      .join('');
  }
}
