import { topology } from '@cyclorama/shared/topology.ts';
import { createRandom } from '@cyclorama/simulator';
import { expect, it, vi } from 'vitest';

import { soleLeader } from '../../store/leader.ts';
import { historyBytes, pruneHistory } from '../../store/topology-history.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { createPast, fingerprintOf } from './past.fixture.ts';
import { createHistoryRecorder, STEP_MS } from './recorder.ts';
import { createHistoryService } from './service.ts';

const START = Date.UTC(2026, 10, 1);
const logger = {
  warn: (about: object) => {
    throw new Error('expected no warning', { cause: about });
  },
};

describeOnEachEngine('the recorded past', (bench) => {
  const minutes = 600;
  const past = createPast({ instances: 200, seed: 7, startAt: START });
  const fingerprints = new Map<number, string>();
  let isKnown = true;
  const recorderOf = () =>
    createHistoryRecorder({
      db: bench.store.db,
      leader: soleLeader,
      nodes: () => (isKnown ? past.texts : null),
      clock: past.clock,
      logger,
    });
  const textsAt = async (at: number) => {
    const { nodes } = await createHistoryService(bench.store).topology(at);
    return nodes.map((node) => [node.id, JSON.stringify(node)] as const);
  };

  it('is as it was, in each of a hundred minutes', async () => {
    let recorder = recorderOf();
    const random = createRandom(11);
    for (let minute = 0; minute < minutes; minute += 1) {
      // A new process begins with a full picture.
      if (minute % 250 === 249) recorder = recorderOf();
      await recorder.look();
      await recorder.look();
      if (random.chance(100 / minutes)) fingerprints.set(past.clock.now(), past.fingerprint());
      past.step();
    }
    expect(fingerprints.size).toBeGreaterThan(70);
    for (const [at, fingerprint] of fingerprints) {
      const within = at + random.int(0, STEP_MS - 1);
      expect([at, fingerprintOf(await textsAt(within))]).toEqual([at, fingerprint]);
    }
  }, 120_000);

  it('is what the page understands', async () => {
    const answer = await createHistoryService(bench.store).topology(START);
    expect(topology.parse(answer)).toEqual(answer);
  });

  it('says what differs between two minutes, ids by their names', async () => {
    const [from = 0, to = 0] = [...fingerprints.keys()].slice(-2);
    const { items } = await createHistoryService(bench.store).difference({ from, to });
    const [before, after] = [new Map(await textsAt(from)), new Map(await textsAt(to))];
    const of = (change: string) => items.filter((item) => item.change === change).map(({ id }) => id);
    expect(of('came').toSorted()).toEqual([...after.keys()].filter((id) => !before.has(id)).toSorted());
    expect(of('went').toSorted()).toEqual([...before.keys()].filter((id) => !after.has(id)).toSorted());
    for (const { id, change, fields } of items) {
      if (change !== 'moved' && change !== 'changed') continue;
      expect(after.get(id), `${id} differs`).not.toBe(before.get(id));
      expect(fields.every((field) => field.before !== field.after)).toBe(true);
    }
  });

  it('knows nothing of a time in which Cycle did not answer, and says so', async () => {
    const recorder = recorderOf();
    await recorder.look();
    const lastKnown = past.clock.now();
    isKnown = false;
    for (let minute = 0; minute < 5; minute += 1) {
      past.step();
      await recorder.look();
    }
    isKnown = true;
    past.step();
    await recorder.look();
    const history = createHistoryService(bench.store);
    expect((await history.recorded()).spans.slice(-2)).toEqual([
      { from: START, until: lastKnown },
      { from: past.clock.now(), until: past.clock.now() },
    ]);
    await expect(history.topology(lastKnown + 3 * STEP_MS)).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('Cycle did not answer'),
    });
    await expect(history.topology(START - 1)).rejects.toMatchObject({
      hint: 'The record begins at 2026-11-01 00:00 UTC. Choose a later time.',
    });
    expect(fingerprintOf(await textsAt(past.clock.now()))).toBe(past.fingerprint());
  });

  it('loses its beginning only up to a full picture, so that the rest can be read', async () => {
    const [middle = 0] = [...fingerprints.keys()].slice(50);
    const bytes = await historyBytes(bench.store.db);
    await pruneHistory(bench.store.db, middle);
    expect(await historyBytes(bench.store.db)).toBeLessThan(bytes);
    expect(fingerprintOf(await textsAt(middle))).toBe(fingerprints.get(middle));
    await expect(textsAt(START)).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('is not written by a process that does not lead', async () => {
  const past = createPast({ instances: 20, seed: 1, startAt: START });
  const fence = vi.fn(() => Promise.resolve());
  const recorder = createHistoryRecorder({
    db: undefined as never,
    leader: { isLeader: () => false, fence },
    nodes: () => past.texts,
    clock: past.clock,
    logger,
  });
  await recorder.look();
  expect(fence).not.toHaveBeenCalled();
});
