import { z } from 'zod';

import { rangeNames } from '../lib/time-range.ts';

/** Epoch milliseconds; earlier addresses of Activity have ISO times. */
const moment = z
  .union([z.number().int().positive(), z.iso.datetime().transform((time) => Date.parse(time))])
  .optional()
  .catch(undefined);

/** The one time range of the app. The root route keeps it in the address from page to page. */
export const timeRangeShape = {
  range: z.enum(rangeNames).optional().catch(undefined),
  from: moment,
  to: moment,
};
export const timeRangeSearch = z.looseObject(timeRangeShape);
