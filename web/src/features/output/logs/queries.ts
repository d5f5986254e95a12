import { LINES_AT_MOST, logsResponse } from '@cyclorama/shared/output.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { edgesOf } from '../../../lib/time-range.ts';
import type { TimeSpan } from '../../../lib/time-range.ts';
import { parseTime } from '../../../lib/time.ts';
import { withNewer } from './rules.ts';
import type { ShownLogs } from './rules.ts';

const FOLLOW_MS = 5_000;
/** Cycle gathers lines for a while before they can be read. */
const OVERLAP_MS = 30_000;
const FIRST_LINES = 2_000;
/** People leave, and what programs wrote need not wait for them. */
const KEPT_MS = 30_000;

export type Asked = {
  instanceId: string;
  span: TimeSpan;
  find: string | undefined;
  by: 'regexp' | undefined;
};

/** While it follows, each read asks for what came since the last line only. */
export function useLogs(asked: Asked, follows: boolean) {
  const client = useQueryClient();
  const { instanceId, span, find, by } = asked;
  const key = [...keys.instance(instanceId), 'logs', span, find, by];
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<ShownLogs> => {
      const before = client.getQueryData<ShownLogs>(key);
      const { from, to } = edgesOf(span, serverNow());
      const last = span.live ? parseTime(before?.lines.at(-1)?.at) : null;
      const query = {
        from: last === null ? Math.round(from) : last - OVERLAP_MS,
        to: span.live ? undefined : Math.round(to),
        text: by === undefined ? find : undefined,
        regexp: by === undefined ? undefined : find,
        limit: last === null ? FIRST_LINES : LINES_AT_MOST,
      };
      const path = withQuery(environmentPaths.instanceLogs(instanceId), query);
      const answer = await api.get(path, logsResponse, { signal });
      return before === undefined || last === null ? { ...answer, dropped: 0 } : withNewer(before, answer);
    },
    staleTime: Infinity,
    gcTime: KEPT_MS,
    refetchInterval: follows ? FOLLOW_MS : false,
  });
}
