import { handOverNotices } from '@cyclorama/shared/hand-overs.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

/** Read again with every event of a booking, and so with each hand-over. */
export const handOverNoticesQuery = queryOptions({
  queryKey: [...keys.bookings, 'hand-overs'],
  queryFn: ({ signal }) => api.get(paths.handOverNotices(), handOverNotices, { signal }),
});
