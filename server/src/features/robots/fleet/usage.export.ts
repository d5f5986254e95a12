import { csvRecord } from '@cyclorama/shared/csv.ts';
import type { UsageResponse } from '@cyclorama/shared/robot-fleet.ts';

import type { Download } from '../../../http/download-route.ts';
import { isoOf } from '../../../lib/clock.ts';

type Range = { from: number; to: number };

export function usageFile(range: Range, read: () => Promise<UsageResponse>): Download {
  const day = (ms: number): string => isoOf(ms).slice(0, 10);
  return {
    fileName: `robot-usage-${day(range.from)}-to-${day(range.to)}.csv`,
    contentType: 'text/csv; charset=utf-8',
    chunks: csvOf(range, read),
  };
}

async function* csvOf({ from, to }: Range, read: () => Promise<UsageResponse>): AsyncGenerator<string> {
  const { rows } = await read();
  yield csvRecord(['owner', 'type', 'bookings', 'seconds', 'from (UTC)', 'to (UTC)']);
  for (const { owner, type, bookings, seconds } of rows) {
    yield csvRecord([owner, type, bookings, seconds, isoOf(from), isoOf(to)]);
  }
}
