import type { HubActivity } from '@cyclorama/shared/hub-activity.ts';

import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import { createKeptRead } from '../../lib/kept-read.ts';
import type { PlatformClient } from '../../upstream/cycle-platform/client.ts';

const KEEP_MS = 10_000;
const LISTED_AT_MOST = 50;

export type HubActivityDeps = {
  platform: Pick<PlatformClient, 'hubActivity'>;
  /** Of a part of the environment; null where it is not known. */
  nameOf: (id: string) => string | null;
  clock: Clock;
};

/** Read only while somebody looks. @throws UpstreamError, where the API key lacks the capability with its name */
export function createHubActivity({ platform, nameOf, clock }: HubActivityDeps) {
  const read = createKeptRead({
    clock,
    keepMs: KEEP_MS,
    read: async () => {
      const answer = await platform.hubActivity(LISTED_AT_MOST);
      if (answer.ok) return answer.value;
      throw answer.error;
    },
  });

  return async (): Promise<HubActivity> => {
    const { value, freshness } = await read();
    const entries = value.map(({ at, on, ...entry }) => ({
      ...entry,
      at: at === null ? null : isoOf(at),
      on: on === null ? null : { ...on, name: nameOf(on.id) },
    }));
    return { freshness, entries };
  };
}
