import { timeRangeSearch } from './time-range-search.ts';
import { urlSearchHook } from './url-search.ts';

/** Of whichever page this is on. */
export const useTimeRange = urlSearchHook('.', timeRangeSearch);
