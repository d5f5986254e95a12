import type { Kysely } from 'kysely';

import { AppError } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Person } from '../../../lib/person.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import type { ChangeOnRecord } from '../../../store/on-record.ts';
import type { Database } from '../../../store/schema.ts';
import { deleteSettings, readSetting, settingsUnder, writeSetting } from '../../../store/settings.ts';

const PREFIX = 'robots.nickname.';
/** Interval of checks whether another replica changed one. */
const POLL_MS = 15_000;

type Deps = {
  db: Kysely<Database>;
  changeOnRecord: ChangeOnRecord;
  logger: Logger;
  singleProcess: boolean;
  typeOf: (deploymentId: string) => string | null;
  /** Shows the change to open pages. */
  onChange: (deploymentId: string) => void;
};

export type NicknameService = ReturnType<typeof createNicknameService>;

export function createNicknameService(deps: Deps) {
  const { db, changeOnRecord, logger, typeOf, onChange } = deps;
  let nicknames: ReadonlyMap<string, string> = new Map();
  let timer: NodeJS.Timeout | undefined;

  const take = (next: ReadonlyMap<string, string>): void => {
    const before = nicknames;
    nicknames = next;
    for (const id of new Set([...before.keys(), ...next.keys()])) {
      if (before.get(id) !== next.get(id)) onChange(id);
    }
  };
  const load = async (): Promise<void> => {
    const rows = await settingsUnder(db, PREFIX);
    take(new Map(rows.map(({ key, value }) => [key.slice(PREFIX.length), value])));
  };
  const loads = singleFlight(load, (error) =>
    logger.warn({ err: error }, 'the nicknames of robots could not be read; it is retried'),
  );

  return {
    nickname: (deploymentId: string): string | undefined => nicknames.get(deploymentId),

    /** @throws AppError `not-found`; `conflict` where another robot has this nickname. */
    async set(deploymentId: string, nickname: string | null, person: Person): Promise<void> {
      const type = typeOf(deploymentId);
      if (type === null) throw new AppError('not-found', 'There is no robot with this id.');
      await load();
      const other = [...nicknames].find(
        ([id, name]) => id !== deploymentId && name.toLowerCase() === nickname?.toLowerCase(),
      );
      if (other !== undefined) {
        throw new AppError('conflict', `Another robot is called ${nickname} already. Nothing was changed.`, {
          field: 'body.nickname',
          hint: 'Choose another nickname.',
        });
      }
      await changeOnRecord(async (within, note) => {
        const before = await readSetting(within, PREFIX + deploymentId);
        if (before === nickname) return;
        if (nickname === null) await deleteSettings(within, [PREFIX + deploymentId]);
        else await writeSetting(within, PREFIX + deploymentId, nickname);
        note({
          actor: person.name,
          action: 'robot.nickname',
          subject: { kind: 'deployment', id: deploymentId, name: type },
          outcome: 'done',
          before,
          after: nickname,
        });
      });
      await load();
    },

    /** For what another replica changed. */
    reload: (): Promise<void> => loads.again(),

    async start(): Promise<void> {
      await loads.run();
      if (!deps.singleProcess) timer = setInterval(() => void loads.run(), POLL_MS);
    },

    async stop(): Promise<void> {
      clearInterval(timer);
      await loads.settled();
    },
  };
}
