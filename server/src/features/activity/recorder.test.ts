import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { UpstreamError } from '../../lib/errors.ts';
import { inRequest } from '../../lib/request-context.ts';
import { listActivity } from '../../store/activity.ts';
import { writeSetting } from '../../store/settings.ts';
import { openBench } from '../../testing/bench.fixture.ts';
import { recordOn } from '../../testing/record.fixture.ts';

let bench: Awaited<ReturnType<typeof openBench>>;
let on: ReturnType<typeof recordOn>;
beforeAll(async () => {
  bench = await openBench({ scenario: 'empty', storeRetryMs: 50 });
  on = recordOn(bench);
});
afterAll(() => bench.close());

const subject = { kind: 'test', id: 't1', name: 'thing' };
const newest = (limit: number) => listActivity(bench.store.db, { limit });
const setReadOnly = (readOnly: boolean) =>
  sql`pragma query_only = ${sql.raw(readOnly ? 'on' : 'off')}`.execute(bench.store.db);

describe('what must be on record', () => {
  it('is stored before it is done, and its outcome names the first', async () => {
    let before: unknown;
    const result = await on.recorder.carryOut(
      { actor: 'ada', action: 'test.made', subject, before: 'a', after: 'b' },
      async () => {
        before = await newest(1);
        return 7;
      },
      (given) => ({ detail: `It gave ${given}.` }),
    );
    expect(result).toBe(7);
    expect(before).toMatchObject([{ outcome: 'started', value_before: 'a', value_after: 'b', intent: null }]);
    const [first] = before as { id: number }[];
    expect(await newest(1)).toMatchObject([{ outcome: 'done', detail: 'It gave 7.', intent: first?.id }]);
  });

  it.each([
    [new UpstreamError('cycle', 'refused', 'No.'), 'refused', 'No.'],
    [
      new UpstreamError('cycle', 'timeout', 'No answer.'),
      'failed',
      'No answer. It may have been carried out.',
    ],
    [new Error('a secret'), 'failed', 'It failed. It may have been carried out.'],
  ])('tells the outcome of %s as %s', async (error, outcome, detail) => {
    const carried = on.recorder.carryOut({ actor: 'ada', action: 'test.made', subject }, () => {
      throw error;
    });
    await expect(carried).rejects.toBe(error);
    expect(await newest(1)).toMatchObject([{ outcome, detail }]);
  });

  it('is not done where it can’t be stored', async () => {
    await setReadOnly(true);
    const refusal = {
      code: 'store-unavailable',
      message: expect.stringMatching(/^Nothing was done, as it can’t/),
    };
    const deed = vi.fn(async () => 1);
    const note = { actor: 'ada', action: 'test.made', subject };
    await expect(on.recorder.carryOut(note, deed)).rejects.toMatchObject(refusal);
    expect(deed).not.toHaveBeenCalled();
    await expect(on.recorder.putOnRecord({ ...note, outcome: 'done' })).rejects.toMatchObject(refusal);
    const change = on.recorder.changeOnRecord(async (db, tell) => {
      await writeSetting(db, 'changed', 'yes');
      tell({ ...note, outcome: 'done' });
    });
    await expect(change).rejects.toMatchObject(refusal);
    await setReadOnly(false);
    await vi.waitFor(() => expect(bench.store.health.fault).toBeNull());
  });

  it('is stored with its change or not at all', async () => {
    const note = { actor: 'ada', action: 'test.changed', subject, outcome: 'done' as const };
    const half = on.recorder.changeOnRecord(async (db, tell) => {
      tell(note);
      await writeSetting(db, 'half', 'yes');
      throw new Error('no');
    });
    await expect(half).rejects.toThrow('no');
    const settings = await bench.store.db
      .selectFrom('settings')
      .selectAll()
      .where('key', '=', 'half')
      .execute();
    expect(settings).toEqual([]);
    expect((await newest(1))[0]?.action).not.toBe('test.changed');
    on.activity.length = 0;
    await on.recorder.changeOnRecord(async (db, tell) => {
      await writeSetting(db, 'whole', 'yes');
      tell(note);
    });
    expect(on.activity).toMatchObject([note]);
    expect(await newest(1)).toMatchObject([{ action: 'test.changed' }]);
  });
});

describe('what has happened already', () => {
  it('is kept while the store fails, logged, and stored when it works again', async () => {
    await setReadOnly(true);
    await on.recorder.record({ actor: null, action: 'test.seen', subject, outcome: 'detected' });
    const [line] = bench.log
      .filter((one) => one.includes('could not be stored'))
      .map((one) => JSON.parse(one) as unknown);
    const entry = { action: 'test.seen', outcome: 'detected', subject_id: 't1' };
    expect(line).toMatchObject({ level: 50, entry, signature: expect.any(String) });
    await setReadOnly(false);
    await vi.waitFor(async () =>
      expect(await newest(1)).toMatchObject([{ action: 'test.seen', outcome: 'detected' }]),
    );
  });
});

describe('an entry', () => {
  const way = { kind: 'access-token', id: 'k1', name: 'deploy' } as const;
  const request = { requestId: 'r1', trace: null, address: '192.0.2.1', caller: { person: 'ada', way } };

  it('has the way in, the address and the request it was made in', async () => {
    await inRequest(request, () =>
      on.recorder.record({ actor: 'ada', action: 'test.made', outcome: 'done', reason: 'tidy up' }),
    );
    const origin = {
      way: 'access-token',
      way_id: 'k1',
      way_name: 'deploy',
      address: '192.0.2.1',
      request_id: 'r1',
    };
    expect(await newest(1)).toMatchObject([{ ...origin, reason: 'tidy up' }]);
  });

  it('has nothing of the request of somebody else, or of the one whose commit it shared', async () => {
    await inRequest(request, () =>
      Promise.all([
        on.recorder.record({ actor: 'ada', action: 'test.made', outcome: 'done' }),
        inRequest({ ...request, requestId: 'r2', caller: { person: 'oscar', way } }, () =>
          on.recorder.record({ actor: 'oscar', action: 'test.made', outcome: 'done' }),
        ),
        on.recorder.record({ actor: null, action: 'test.seen', outcome: 'detected' }),
      ]),
    );
    const ids = (await newest(3)).map(({ actor, request_id: id }) => [actor, id]);
    expect(ids).toEqual([
      [null, null],
      ['oscar', 'r2'],
      ['ada', 'r1'],
    ]);
  });
});
