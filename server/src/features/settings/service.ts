import type {
  EnvironmentSettings,
  HubResponse,
  Integration,
  MetadataFile,
} from '@cyclorama/shared/settings.ts';

import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import { createKeptRead } from '../../lib/kept-read.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import { configured } from '../../upstream/cycle/configured.ts';
import { readMetadataFile } from '../../upstream/cycle/metadata-file.ts';

const KEEP_MS = 5_000;

export type SettingsService = ReturnType<typeof createSettingsService>;

type Deps = { client: CycleClient | null; metadataPath: string; clock: Clock };

export function createSettingsService({ client, metadataPath, clock }: Deps) {
  const settings = createKeptRead({ clock, keepMs: KEEP_MS, read: () => configured(client).settings() });
  const hub = createKeptRead({ clock, keepMs: KEEP_MS, read: () => configured(client).hub() });

  return {
    async settings(): Promise<EnvironmentSettings> {
      const { value, freshness } = await settings();
      return { ...value, freshness };
    },

    async hub(): Promise<HubResponse> {
      const { value, freshness } = await hub();
      const { id, name, state } = value;
      return { freshness, id, name, state: state.current, stateChangedAt: state.changed };
    },

    async integration(query: {
      identifier?: string | undefined;
      vendor?: string | undefined;
    }): Promise<Integration> {
      const { state, credentialNames, ...found } = await configured(client).integration({
        ...(query.identifier === undefined ? {} : { identifier: query.identifier }),
        ...(query.vendor === undefined ? {} : { vendor: query.vendor }),
      });
      return {
        ...found,
        state: state.current,
        stateChangedAt: state.changed,
        credentials: credentialNames.toSorted(),
        readAt: isoOf(clock.now()),
      };
    },

    /** @throws AppError `not-found` where there is none: outside an instance of Cycle. */
    metadata: (): Promise<MetadataFile> => readMetadataFile(metadataPath),
  };
}
