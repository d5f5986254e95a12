import type { CollectorsResponse } from '@cyclorama/shared/collectors.ts';
import { inScope } from '@cyclorama/shared/rules/alerts.ts';

import { NOTHING_UNKNOWN } from './source.ts';
import type { Source } from './source.ts';

/** Servers that were reported from, have instances still, and of which nothing comes any more. */
export function createCollectorSource(list: () => CollectorsResponse): Source<'collector'> {
  return {
    blind: () => null,
    look({ scope }) {
      const matches = list().servers.flatMap((server) => {
        const { serverId: id, hostname, instances, state, lastReportAt, lastSampleAt } = server;
        if (state !== 'silent' || instances === 0 || !inScope(scope, { id, names: [hostname ?? id] }))
          return [];
        const since = lastReportAt ?? lastSampleAt;
        return [
          {
            kind: 'server',
            id,
            name: hostname ?? id,
            containerId: null,
            since: since === null ? null : Date.parse(since),
            detail: 'no report',
          },
        ];
      });
      return { matches, unknown: NOTHING_UNKNOWN };
    },
  };
}
