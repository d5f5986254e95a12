import type { Claim, exportQuery } from '@cyclorama/shared/claims.ts';
import { csvRecord } from '@cyclorama/shared/csv.ts';
import type { Cell } from '@cyclorama/shared/csv.ts';
import type { z } from 'zod';

import type { Download } from '../../../http/download-route.ts';

/** Without tokens and values of variables. */
const columns: [name: string, of: (claim: Claim) => Cell][] = [
  ['id', (claim) => claim.id],
  ['container id', (claim) => claim.containerId],
  ['container', (claim) => claim.containerName],
  ['instance id', (claim) => claim.instanceId],
  ['state', (claim) => claim.state],
  ['owner', (claim) => claim.owner],
  ['requested at (UTC)', (claim) => claim.requestedAt],
  ['claimed at (UTC)', (claim) => claim.claimedAt],
  ['spawned at (UTC)', (claim) => claim.spawnedAt],
  ['runs until (UTC)', (claim) => claim.runsUntil],
  ['release at (UTC)', (claim) => claim.releaseAt],
  ['ended at (UTC)', (claim) => claim.endedAt],
  ['batch id', (claim) => claim.batchId],
  ['retry of', (claim) => claim.retryOf],
  ['adopted', (claim) => claim.adopted],
  ['variable names', (claim) => claim.variableNames.join(' ')],
  ['failure code', (claim) => claim.failure?.code ?? null],
  ['failure', (claim) => claim.failure?.message ?? null],
];

type Slices = AsyncIterable<Claim[]>;

export function claimsFile(
  { format }: Pick<z.output<typeof exportQuery>, 'format'>,
  slices: Slices,
  at: string,
): Download {
  const fileName = `claims-${at.slice(0, 19).replaceAll(':', '-')}Z.${format}`;
  return format === 'csv'
    ? { fileName, contentType: 'text/csv; charset=utf-8', chunks: csvOf(slices) }
    : { fileName, contentType: 'application/json; charset=utf-8', chunks: jsonOf(slices) };
}

async function* csvOf(slices: Slices): AsyncGenerator<string> {
  yield csvRecord(columns.map(([name]) => name));
  for await (const claims of slices) {
    yield claims.map((claim) => csvRecord(columns.map(([, of]) => of(claim)))).join('');
  }
}

/** One claim a line. */
async function* jsonOf(slices: Slices): AsyncGenerator<string> {
  yield '[';
  let before = '\n';
  for await (const claims of slices) {
    if (claims.length === 0) continue;
    yield before + claims.map((claim) => JSON.stringify(claim)).join(',\n');
    before = ',\n';
  }
  yield '\n]\n';
}
