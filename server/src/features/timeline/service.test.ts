import type { Job, JobsResponse } from '@cyclorama/shared/jobs.ts';
import { timelinePage, timelineQuery } from '@cyclorama/shared/timeline.ts';
import type { TimelineItem } from '@cyclorama/shared/timeline.ts';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';

import { appendEntries } from '../../store/activity-chain.ts';
import type { NewObjectEvent } from '../../store/object-events.ts';
import { createObjectEventWriter } from '../../store/write-object-events.ts';
import { newEntry } from '../../testing/builders/activity.ts';
import { objectEventRow } from '../../testing/builders/object-events.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { presentActivity } from '../activity/presenter.ts';
import { presentEvent } from '../environment/life/service.ts';
import { createTimelineService } from './service.ts';

const event = (over: Partial<NewObjectEvent>) =>
  objectEventRow({
    natural_key: `${over.at} ${over.kind} ${over.object_id} ${over.value_after}`,
    ...over,
  });
const job = (over: Partial<Job>): Job => ({
  id: 'j1',
  caption: 'Deploy API',
  objectId: 'c1',
  state: 'completed',
  error: null,
  queuedAt: new Date(500).toISOString(),
  startedAt: null,
  completedAt: new Date(3_500).toISOString(),
  progress: 1,
  ...over,
});
const instance = { subject_kind: 'instance', subject_id: 'i1', subject_name: 'api-1' };
const live: JobsResponse['freshness'] = { state: 'live', asOf: null, failingSince: null, reason: null };

const said = (item: TimelineItem): string => {
  if (item.source === 'job') return `job ${item.job.id}`;
  return item.source === 'event'
    ? `${item.event.kind} ${item.event.after}`
    : `${item.entry.action} ${item.entry.outcome}`;
};

describeOnEachEngine('the timeline', (bench) => {
  const timeline = (jobs: Job[] = [job({})], freshness = live) =>
    createTimelineService({
      db: bench.store.db,
      presentActivity,
      presentEvent,
      jobs: { list: () => Promise.resolve({ freshness, jobs }) },
    });
  const page = async (query: object, service = timeline()) => {
    const answer = await service.page(timelineQuery.parse(query), 'viewer');
    expect(timelinePage.parse(answer)).toEqual(answer);
    return answer;
  };
  const lines = async (query: object) => (await page(query)).items.map(said);

  beforeAll(async () => {
    const { db } = bench.store;
    const entry = (over: Parameters<typeof newEntry>[0]) => newEntry({ actor: 'ada', ...over });
    await appendEntries(db, [
      entry({ at: 2_000, action: 'instance.restart', outcome: 'started', ...instance }),
      entry({ at: 3_000, action: 'instance.health', outcome: 'detected', ...instance, actor: null }),
      entry({ at: 3_000, action: 'batch.start', outcome: 'started', subject_id: 'b1', subject_name: 'b1' }),
      entry({ at: 4_000, action: 'instance.restart', outcome: 'done', ...instance }),
      entry({
        at: 5_000,
        action: 'batch.end',
        outcome: 'failed',
        subject_id: 'b1',
        subject_name: 'b1',
        actor: null,
      }),
      entry({ at: 6_000, action: 'instance.stop', outcome: 'started', ...instance, actor: 'bob' }),
    ]);
    await createObjectEventWriter(db)([
      event({ at: 1_000 }),
      event({ at: 2_100, value_after: 'stopping', outcome: 'changed' }),
      event({ at: 2_000, kind: 'action', value_after: 'restart', outcome: 'done', actor: 'ada' }),
      event({ at: 3_000, kind: 'health', value_after: 'unhealthy' }),
      event({ at: 4_000, kind: 'restart', value_after: null, outcome: 'recovered' }),
      event({
        at: 4_500,
        kind: 'deployment',
        object_id: 'c1',
        object_name: 'api',
        container_id: null,
        value_after: 'v2',
        outcome: 'done',
      }),
    ]);
  }, 60_000);

  const all = [
    'instance.stop started',
    'batch.end failed',
    'deployment v2',
    'instance.restart done',
    'restart null',
    'job j1',
    'health unhealthy',
    'state failed',
  ];

  it('is one list, with a start and its end as one row, and without what is told twice', async () => {
    const { items, next } = await page({});
    expect(items.map(said)).toEqual(all);
    expect(next).toBeNull();
    const restarted = items.find((item) => said(item) === 'instance.restart done');
    expect(restarted).toMatchObject({ at: '1970-01-01T00:00:04.000Z', began: '1970-01-01T00:00:02.000Z' });
    const ended = items.find((item) => said(item) === 'batch.end failed');
    expect(ended).toMatchObject({ began: '1970-01-01T00:00:03.000Z' });
  });

  it('goes on after each row exactly where it stopped', async () => {
    for (const limit of [1, 2, 3]) {
      const seen: string[] = [];
      let before: string | null = null;
      do {
        const answer = await page({ limit, ...(before !== null && { before }) });
        seen.push(...answer.items.map(said));
        before = answer.next;
      } while (before !== null);
      expect(seen).toEqual(all);
    }
  });

  it('is narrowed by kind, person, object, outcome and time', async () => {
    expect(await lines({ kind: 'change' })).toEqual(['deployment v2']);
    expect(await lines({ kind: 'job' })).toEqual(['job j1']);
    expect(await lines({ actor: 'bob' })).toEqual(['instance.stop started']);
    expect(await lines({ subject: 'api' })).toEqual(['deployment v2']);
    expect(await lines({ subject: 'c1', kind: 'state' })).toEqual([
      'restart null',
      'health unhealthy',
      'state failed',
    ]);
    expect(await lines({ outcome: 'failed' })).toEqual([
      'batch.end failed',
      'health unhealthy',
      'state failed',
    ]);
    expect(await lines({ outcome: 'started' })).toEqual(['instance.stop started']);
    const [from, to] = [new Date(3_000).toISOString(), new Date(4_000).toISOString()];
    expect(await lines({ from, to })).toEqual(['job j1', 'health unhealthy']);
  });

  it('says why jobs are missing and shows the rest', async () => {
    const failing = { ...live, state: 'unavailable', reason: 'No answer.' } as const;
    const { items, jobsFault } = await page({}, timeline([], failing));
    expect(jobsFault).toBe('No answer.');
    expect(items).toHaveLength(all.length - 1);
  });

  it('answers at once from 30,000 entries and as many events, whatever it is narrowed by', async () => {
    const { db } = bench.store;
    const { entries } = await db.selectFrom('activity_head').select('entries').executeTakeFirstOrThrow();
    const numbers = sql`with recursive n(i) as (select 0 union all select i + 1 from n where i < 29999)`;
    await sql`insert into activity (id, at, actor, action, outcome, subject_id, subject_name, previous, hash)
      ${numbers} select ${entries} + 1 + i, 10000 + i, case i when 777 then 'rare' else 'p' || (i % 9) end,
      'instance.start', case i when 555 then 'failed' else case i % 2 when 0 then 'started' else 'done' end end,
      's' || ((i / 2) % 5000), 'n' || ((i / 2) % 5000), '', '' from n`.execute(db);
    await sql`insert into object_events
      (natural_key, at, object_kind, object_id, object_name, kind, value_after, outcome)
      ${numbers} select 'big ' || i, 10000 + i, 'instance', 's' || (i % 5000), 'n' || (i % 5000), 'state', 'failed',
      case i when 999 then 'failed' else 'changed' end from n`.execute(db);
    if (bench.store.engine === 'postgres') await sql`analyze`.execute(db);
    const queries = {
      none: {},
      far: { before: '12000.1.500' },
      failed: { outcome: 'failed', from: new Date(10_000).toISOString() },
      started: { outcome: 'started' },
      rare: { actor: 'rare' },
      object: { subject: 's42' },
      name: { subject: 'n43' },
      changes: { kind: 'change' },
      time: { from: new Date(11_000).toISOString(), to: new Date(11_100).toISOString() },
    };
    const took: Record<string, number> = {};
    for (const [name, query] of Object.entries(queries)) {
      const before = performance.now();
      const { items } = await page(query);
      took[name] = Math.round(performance.now() - before);
      expect(items.length).toBeGreaterThan(0);
    }
    // Each is a few milliseconds; one that looks up a start or an end without an index takes minutes.
    expect(Math.max(...Object.values(took))).toBeLessThan(5_000);
  }, 120_000);
});
