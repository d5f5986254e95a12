import { quietHours } from '@cyclorama/shared/alert-settings.ts';
import type { AlertSettings, AlertSettingsRequest, QuietHours } from '@cyclorama/shared/alert-settings.ts';
import { isQuietAt, quietHoursText } from '@cyclorama/shared/rules/quiet-hours.ts';
import { z } from 'zod';

import { isoOf } from '../../../lib/clock.ts';
import type { Person } from '../../../lib/person.ts';
import { readSetting, writeSetting } from '../../../store/settings.ts';
import type { FeatureContext } from '../../context.ts';

const KEY = 'alerts';
const kept = z.object({
  quietHours: quietHours.nullable(),
  toMonitoring: z.boolean().default(false),
  changedBy: z.string(),
  changedAt: z.number(),
});

type Deps = Pick<FeatureContext, 'db' | 'clock' | 'hub' | 'changeOnRecord'>;

export type AlertSettingsService = ReturnType<typeof createAlertSettings>;

/** When nothing is told of alerts outside of the page. */
export function createAlertSettings({ db, clock, hub, changeOnRecord }: Deps) {
  /** Null where nobody has set anything, or a newer release did and this one does not know how. */
  const read = async (from: Deps['db']): Promise<z.infer<typeof kept> | null> => {
    const text = await readSetting(from, KEY);
    return text === null ? null : (kept.safeParse(JSON.parse(text)).data ?? null);
  };
  const isQuiet = (hours: QuietHours | null): boolean => hours !== null && isQuietAt(hours, clock.now());
  const present = (settings: z.infer<typeof kept> | null): AlertSettings => ({
    quietHours: settings?.quietHours ?? null,
    toMonitoring: settings?.toMonitoring ?? false,
    isQuiet: isQuiet(settings?.quietHours ?? null),
    changedBy: settings?.changedBy ?? null,
    changedAt: settings === null ? null : isoOf(settings.changedAt),
  });

  return {
    get: async (): Promise<AlertSettings> => present(await read(db)),

    /** For a round of the rules. */
    now: async (): Promise<{ isQuiet: boolean; toMonitoring: boolean }> => {
      const settings = present(await read(db));
      return { isQuiet: settings.isQuiet, toMonitoring: settings.toMonitoring };
    },

    async change(request: AlertSettingsRequest, person: Person): Promise<AlertSettings> {
      const settings = { ...request, changedBy: person.name, changedAt: clock.now() };
      await changeOnRecord(async (within, note) => {
        const before = await read(within);
        await writeSetting(within, KEY, JSON.stringify(settings));
        note({
          actor: person.name,
          action: 'alert-settings.change',
          subject: { kind: 'alert-settings', id: KEY, name: 'What is told' },
          outcome: 'done',
          before: textOf(before ?? { quietHours: null, toMonitoring: false }),
          after: textOf(request),
        });
      });
      hub.publish({ type: 'alerts' });
      return present(settings);
    },
  };
}

function textOf({ quietHours: hours, toMonitoring }: AlertSettingsRequest): string {
  const quiet = hours === null ? 'no quiet hours' : `quiet ${quietHoursText(hours)}`;
  return `${quiet}, ${toMonitoring ? 'also' : 'not'} to Cycle’s monitoring`;
}
