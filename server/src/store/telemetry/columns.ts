import type { TelemetrySampleTable } from '../schema-telemetry.ts';

/**
 * The order of the measures in every block. Stored: a new one is added at the end, and no other moves. The same as that
 * of the measures in `shared/telemetry.ts`.
 */
export const COLUMNS = [
  'cpu',
  'throttled',
  'memory',
  'memory_limit',
  'receive',
  'transmit',
  'processes',
  'swap',
  'cache',
  'memory_limit_hits',
  'receive_private',
  'transmit_private',
  'receive_public',
  'transmit_public',
  'network_errors',
  'network_drops',
] as const satisfies readonly (keyof TelemetrySampleTable)[];

export const WIDTH = COLUMNS.length;

/** Over all interfaces first: what only private ones carry is the same again. */
const TOTALS: Readonly<Record<string, number>> = {
  receive_private: COLUMNS.indexOf('receive'),
  transmit_private: COLUMNS.indexOf('transmit'),
};

/** Of which columns one may be the sum, for the codec. */
export const sampleTerms = (column: number): readonly number[] => {
  const total = TOTALS[COLUMNS[column] ?? ''];
  return total === undefined ? [] : [total];
};
