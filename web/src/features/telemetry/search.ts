import { groupBy, measure } from '@cyclorama/shared/telemetry.ts';
import { z } from 'zod';

import { timeRangeShape } from '../../router/time-range-search.ts';
import { urlSearchHook } from '../../router/url-search.ts';

/**
 * `compare` is instance ids, comma-separated; `earlier` is what is drawn beneath; `measure` and `by` rank
 * the containers, and the busiest of a group; `by` also draws the instances of one as one, `open` is those whose instances are seen, `toggled` those
 * taken out of the charts or put into them, `measures` those drawn in one chart. An invalid value is dropped instead of failing the page, and what else the
 * page keeps in its address stays.
 */
export const telemetrySearch = z.looseObject({
  ...timeRangeShape,
  container: z.string().max(100).optional().catch(undefined),
  server: z.string().max(100).optional().catch(undefined),
  environment: z.literal(true).optional().catch(undefined),
  instance: z.string().max(100).optional().catch(undefined),
  compare: z.string().max(2000).optional().catch(undefined),
  measure: measure.optional().catch(undefined),
  by: groupBy.optional().catch(undefined),
  toggled: z.string().max(2000).optional().catch(undefined),
  open: z.string().max(2000).optional().catch(undefined),
  measures: z.string().max(200).optional().catch(undefined),
  earlier: z.enum(['day', 'week']).optional().catch(undefined),
});
export type TelemetrySearch = z.infer<typeof telemetrySearch>;

/** On any page with charts. Each change is a history entry that Back undoes. */
export const useTelemetrySearch = urlSearchHook('.', telemetrySearch, { history: 'push' });

/** What Back need not undo. */
export const useTelemetryView = urlSearchHook('.', telemetrySearch);
