import { beforeEach, expect, it } from 'vitest';

import { listDeliveries } from '../../../store/alert-messages.ts';
import { addMissingRules } from '../../../store/alert-rules.ts';
import { openAlerts, resolvedAlerts } from '../../../store/alerts.ts';
import { soleLeader } from '../../../store/leader.ts';
import { ada } from '../../../testing/builders/people.ts';
import { describeOnEachEngine } from '../../../testing/engines.fixture.ts';
import { recordOn } from '../../../testing/record.fixture.ts';
import { instanceNode, nodeTexts, ruleRow, sourcesOfNodes } from '../alerts.fixture.ts';
import { createEvaluator } from '../evaluator.ts';
import { createAlertSettings } from './settings.service.ts';

const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };

describeOnEachEngine('quiet hours', (bench) => {
  let now = 0;
  let ids = 0;
  let unwell: string[] = [];
  const clock = { now: () => now };
  const at = (iso: string): void => void (now = Date.parse(iso));
  const settings = () => {
    const { store } = bench;
    const { recorder } = recordOn({ store, clock, logger: console as never });
    return createAlertSettings({
      ...recorder,
      db: store.db,
      clock,
      hub: { publish: () => undefined } as never,
    });
  };
  /** A round of a process that has just begun. */
  const round = async (...ill: string[]): Promise<void> => {
    unwell = ill;
    const { db } = bench.store;
    const is = (id: string) => ({
      health: unwell.includes(id) ? ('unhealthy' as const) : ('healthy' as const),
    });
    const nodes = nodeTexts(...['i1', 'i2'].map((id) => instanceNode(id, is(id))));
    await createEvaluator({
      db,
      leader: soleLeader,
      sources: sourcesOfNodes(db, () => nodes),
      clock,
      hub: { publish: () => undefined },
      logger: {
        warn: (about: object) => {
          throw new Error('expected no warning', { cause: about });
        },
      },
      newId: () => `a${String((ids += 1)).padStart(4, '0')}`,
      publicUrl: null,
      told: async () => ({ ...(await settings().now()), channels: ['webhook'] }),
      onTold: () => undefined,
    }).round();
  };
  const told = async () =>
    (await listDeliveries(bench.store.db, 100)).rows.toReversed().map(({ summary }) => summary);

  beforeEach(async () => {
    const { db } = bench.store;
    at('2026-03-27T12:00Z');
    await round();
    for (const table of ['alerts', 'alert_messages', 'alert_deliveries', 'settings'] as const)
      await db.deleteFrom(table).execute();
    await db.updateTable('alert_rules').set({ enabled: 0 }).execute();
    await db.deleteFrom('alert_rules').where('id', '=', 'r1').execute();
    await addMissingRules(db, [ruleRow('r1', { forSeconds: 0 })]);
    await settings().change({ quietHours: night, toMonitoring: false }, ada);
  });

  it('hold back what fires within them, and tell once what still does when they end', async () => {
    // Summer time begins in this night: 22:00 is 21:00 UTC, and 07:00 is 05:00 UTC.
    at('2026-03-28T20:59Z');
    await round('i1');
    at('2026-03-28T21:00Z');
    await round('i1', 'i2');
    expect(await told()).toEqual(['Unhealthy: api-i1']);
    at('2026-03-29T04:59Z');
    await round('i1', 'i2');
    expect(await told()).toHaveLength(1);
    for (const minute of ['05:00', '05:01', '05:02']) {
      at(`2026-03-29T${minute}Z`);
      await round('i1', 'i2');
    }
    expect(await told()).toEqual(['Unhealthy: api-i1', 'Unhealthy: api-i2']);
    expect(
      (await openAlerts(bench.store.db)).map((row) => row.told_at ?? 0).toSorted((a, b) => a - b),
    ).toEqual([Date.parse('2026-03-28T20:59Z'), Date.parse('2026-03-29T05:00Z')]);
  });

  it('tell nobody of what began and ended within them, which stays as such', async () => {
    at('2026-03-27T23:00Z');
    await round('i1');
    at('2026-03-28T01:00Z');
    await round();
    at('2026-03-28T06:00Z');
    await round();
    expect(await told()).toEqual([]);
    const { rows } = await resolvedAlerts(bench.store.db, 10);
    expect(rows).toMatchObject([{ object_id: 'i1', told_at: null, over_told_at: null }]);
  });

  it('hold back, too, that something is over, and tell it when they end, over a restart', async () => {
    at('2026-10-24T12:00Z');
    await round('i1');
    // Summer time ends in this night: 07:00 is 06:00 UTC.
    at('2026-10-24T20:00Z');
    await round();
    expect(await told()).toEqual(['Unhealthy: api-i1']);
    await bench.reopen();
    at('2026-10-25T05:59Z');
    await round();
    expect(await told()).toHaveLength(1);
    at('2026-10-25T06:00Z');
    await round();
    await round();
    expect(await told()).toEqual(['Unhealthy: api-i1', 'Over: Unhealthy: api-i1']);
  });

  it('are changed on record, and end at once where they are removed', async () => {
    at('2026-03-27T23:00Z');
    await round('i1');
    expect(await settings().get()).toMatchObject({ quietHours: night, isQuiet: true, changedBy: 'ada' });
    await settings().change({ quietHours: null, toMonitoring: false }, ada);
    await round('i1');
    expect(await told()).toEqual(['Unhealthy: api-i1']);
    const entry = await bench.store.db
      .selectFrom('activity')
      .selectAll()
      .where('action', '=', 'alert-settings.change')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    expect(entry).toMatchObject({
      value_before: 'quiet 22:00 to 07:00, Europe/Berlin, not to Cycle’s monitoring',
      value_after: 'no quiet hours, not to Cycle’s monitoring',
    });
  });
});
