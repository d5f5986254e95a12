import { z } from 'zod';

import { rangeNames } from '../lib/range-names.ts';

const moment = z.unknown().transform(momentOf).optional();

/** The one time range of the app. The root route keeps it in the address from page to page. */
export const timeRangeShape = {
  range: z.enum(rangeNames).optional().catch(undefined),
  from: moment,
  to: moment,
};
export const timeRangeSearch = z.looseObject({
  ...timeRangeShape,
  /** The minute of the past that pages show, where they have one. */
  at: moment,
});

/** Epoch milliseconds; earlier addresses of Activity have ISO times. */
function momentOf(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : value;
  return typeof at === 'number' && at > 0 ? at : undefined;
}
