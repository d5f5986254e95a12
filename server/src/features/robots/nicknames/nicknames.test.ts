import { afterEach, expect, it } from 'vitest';

import { ada } from '../../../testing/builders/people.ts';
import { recordOn } from '../../../testing/record.fixture.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import { createNicknameService } from './service.ts';

let bench: RobotsBench;
afterEach(() => bench.close());

const MISTY = '82051afa-b331-4b82-8bd4-9eea9ad78241';
const KOBUKI = '909cbe2d-eb85-4b8c-9a76-e7bffe880152';

async function serve() {
  bench = await robotsBench();
  const { recorder } = recordOn({ ...bench, logger: bench.logger });
  const changed: string[] = [];
  const nicknames = () =>
    createNicknameService({
      db: bench.store.db,
      changeOnRecord: recorder.changeOnRecord,
      logger: bench.logger,
      singleProcess: true,
      typeOf: (id) => (id === MISTY ? 'fixed_misty2' : id === KOBUKI ? 'basic_kobuki' : null),
      onChange: (id) => void changed.push(id),
    });
  return { nicknames, changed };
}
const entries = async () =>
  bench.store.db.selectFrom('activity').selectAll().where('action', '=', 'robot.nickname').execute();

it('keeps a nickname beyond a restart, and puts each change on record once', async () => {
  const { nicknames, changed } = await serve();
  const first = nicknames();
  await first.set(MISTY, 'Otto', ada);
  await first.set(MISTY, 'Otto', ada);
  expect([first.nickname(MISTY), changed]).toEqual(['Otto', [MISTY]]);
  const second = nicknames();
  await second.start();
  expect(second.nickname(MISTY)).toBe('Otto');
  await second.set(MISTY, null, ada);
  expect(second.nickname(MISTY)).toBeUndefined();
  await second.stop();
  expect(await entries()).toMatchObject([
    {
      actor: 'ada',
      subject_id: MISTY,
      subject_name: 'fixed_misty2',
      value_before: null,
      value_after: 'Otto',
    },
    { actor: 'ada', value_before: 'Otto', value_after: null },
  ]);
});

it('gives no two robots one nickname, and none to a robot that is not there', async () => {
  const { nicknames } = await serve();
  const service = nicknames();
  await service.set(MISTY, 'Otto', ada);
  await expect(service.set(KOBUKI, 'otto', ada)).rejects.toMatchObject({
    code: 'conflict',
    message: 'Another robot is called otto already. Nothing was changed.',
  });
  await expect(service.set('nowhere', 'Otto', ada)).rejects.toMatchObject({ code: 'not-found' });
  expect(await entries()).toHaveLength(1);
});
