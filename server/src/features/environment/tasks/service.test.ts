import type { Task } from '@cyclorama/shared/environment.ts';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';

import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import { environmentBench, eventually } from '../environment.fixture.ts';
import type { EnvironmentBench } from '../environment.fixture.ts';
import type { EnvironmentService } from '../service.ts';
import { observe } from './rules.ts';

describe('observe', () => {
  const seen = (current: string, changed: string, error: string | null = null) => ({
    state: { current, changed, error },
  });

  it('takes a state that began before the task as no news', () => {
    expect(observe('start', false, seen('failed', 'then'), 'then')).toBeNull();
    expect(observe('start', false, seen('failed', 'now', 'exit 1'), 'then')?.failure?.message).toContain(
      'exit 1',
    );
  });

  it('follows both actions to their ends', () => {
    expect(observe('start', false, seen('starting', 'now'), 'then')?.state).toBe('in-progress');
    expect(observe('start', true, seen('running', 'now'), 'then')?.state).toBe('done');
    expect(observe('start', true, seen('stopped', 'now'), 'then')?.failure?.code).toBe('stopped-again');
    expect(observe('stop', true, seen('stopped', 'now'), 'then')?.state).toBe('done');
    expect(observe('stop', true, undefined, 'then')?.state).toBe('done');
    expect(observe('start', true, undefined, 'then')?.failure?.code).toBe('instance-gone');
  });
});

describe('tasks against the simulator', () => {
  let bench: EnvironmentBench;
  afterEach(() => bench.close());

  const pick = (service: EnvironmentService, wanted: (it: CycleInstance) => boolean): CycleInstance => {
    const found = [...service.collector.snapshot.instances.values()].find(wanted);
    if (found === undefined) throw new Error('expected such an instance in the scenario');
    return found;
  };
  const plain = (it: CycleInstance): boolean =>
    !it.isFunction && it.service === null && it.hostname === 'api';
  const stateOf = (service: EnvironmentService, id: string): string | undefined =>
    service.collector.snapshot.instances.get(id)?.state.current;
  const statesOf = (id: string): Task['state'][] =>
    bench.events.flatMap((event) =>
      event.type === 'task' && event.task.id === id ? [event.task.state] : [],
    );

  /** As when the volume was remounted so: every write is refused by the engine. */
  const readOnly = (isSo: boolean) => sql.raw(`pragma query_only = ${isSo ? 1 : 0}`).execute(bench.store.db);

  it('stops and starts an instance and follows each to its end, as events and activity', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const stop = await service.requestTask(id, 'stop', 'oscar');
    expect(stop.state).toBe('sent');
    await eventually('stopping', () => statesOf(stop.id).includes('in-progress'));
    await expect(service.requestTask(id, 'stop', 'oscar')).rejects.toMatchObject({ code: 'not-allowed-now' });
    bench.simulator.advance(5_000);
    await eventually('stopped', () => statesOf(stop.id).includes('done'));
    expect(statesOf(stop.id)).toEqual(['requested', 'sent', 'in-progress', 'done']);

    const start = await service.requestTask(id, 'start', 'oscar');
    await eventually('starting', () => statesOf(start.id).includes('in-progress'));
    bench.simulator.advance(5_000);
    await eventually('running', () => statesOf(start.id).includes('done'));
    expect((await service.instance(id)).task).toMatchObject({ id: start.id, state: 'done', failure: null });
    const { entries } = await bench.activity.page({ limit: 50, actor: 'oscar', subject: id });
    expect(entries.toReversed().map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'instance.stop started',
      'instance.stop refused',
      'instance.stop done',
      'instance.start started',
      'instance.start done',
    ]);
  });

  it('restarts as one task: a stop, then a start, and the restart is counted', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const task = await service.requestTask(id, 'restart', 'oscar');
    await eventually('stopping', () => statesOf(task.id).includes('in-progress'));
    bench.simulator.advance(5_000);
    await eventually('starting', () => stateOf(service, id) === 'starting');
    expect(statesOf(task.id)).not.toContain('done');
    bench.simulator.advance(5_000);
    await eventually('done', () => statesOf(task.id).includes('done'));
    await eventually('a restart', async () => (await service.instance(id)).restartsInDay === 1);
    const told = async () =>
      (await service.events({ of: id, limit: 50 })).events.filter(
        ({ kind }) => kind === 'action' || kind === 'restart',
      );
    await eventually('the end of both', async () =>
      (await told()).every(({ outcome }) => outcome === 'done'),
    );
    expect(await told()).toMatchObject([
      { kind: 'restart', outcome: 'done' },
      { kind: 'action', after: 'restart', outcome: 'done', by: 'oscar', ended: expect.any(String) },
    ]);
  });

  it('says that a restart left an instance failed which does not start', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    bench.simulator.happen({ kind: 'instance.fails-to-start', id });
    const task = await service.requestTask(id, 'restart', 'oscar');
    await eventually('the end', () => {
      bench.simulator.advance(1_000);
      return statesOf(task.id).includes('failed');
    });
    expect((await service.instance(id)).task?.failure?.message).toContain('exited with code 78');
  });

  it('sends the start of a restart that a stopped server had not sent', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const task = await service.requestTask(id, 'restart', 'oscar');
    await eventually('stopping', () => statesOf(task.id).includes('in-progress'));
    await bench.stopServices();
    bench.simulator.advance(5_000);
    const again = await bench.serveRead();
    await eventually('starting', () => stateOf(again, id) === 'starting');
    bench.simulator.advance(5_000);
    await eventually('done', () => statesOf(task.id).includes('done'));
    expect(stateOf(again, id)).toBe('running');
  });

  it('goes on following though the environment was read while the task was being sent', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id, containerId } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const match = { pathPrefix: '/v1/conductor' };
    bench.simulator.fail({ api: 'cycle', kind: 'delay', ms: 1_000, count: 1, match });
    const sending = service.requestTask(id, 'stop', 'oscar');
    await eventually('the intent', () => bench.events.some((event) => event.type === 'task'));
    const read = new Promise<void>((resolve) => void service.collector.onChange(() => resolve()));
    service.collector.refreshInstances(containerId);
    await read;
    const stop = await sending;
    bench.simulator.advance(5_000);
    await eventually('stopped', () => statesOf(stop.id).includes('done'));
    expect(statesOf(stop.id)).toContain('sent');
  });

  it('refuses function instances before anything is sent', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => it.isFunction && it.state.current === 'stopped');
    bench.simulator.resetRequests();
    await expect(service.requestTask(id, 'start', 'oscar')).rejects.toMatchObject({
      code: 'not-allowed-now',
      message: expect.stringContaining('pool'),
    });
    expect(bench.simulator.requests().cycle['POST /v1/conductor/tasks']).toBeUndefined();
    await expect(service.requestTask('nobody', 'start', 'oscar')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('ends as unknown when nothing is seen in time', async () => {
    bench = await environmentBench({ unknownAfterMs: 1_500 });
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    // Changed without the dashboard knowing: the conductor then ignores the task, yet answers as usual.
    const instance = bench.simulator.live.world.instances.get(id);
    if (instance !== undefined) instance.readyState = 'hibernate';
    const task = await service.requestTask(id, 'stop', 'oscar');
    await eventually('unknown', () => statesOf(task.id).includes('unknown'));
    expect((await service.instance(id)).task?.failure?.message).toMatch(/No outcome was seen.*running/u);
  });

  it('fails at once where the request never left, and follows the instance where the answer was cut', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const match = { method: 'POST', pathPrefix: '/v1/conductor/tasks' };
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const throttled = bench.simulator.fail({ api: 'cycle', kind: 'throttle', match });
    await expect(service.requestTask(id, 'stop', 'oscar')).rejects.toMatchObject({ fault: 'rate-limited' });
    expect((await service.instance(id)).task).toMatchObject({
      state: 'refused',
      failure: { code: 'upstream-rate-limited' },
    });
    throttled();
    bench.simulator.fail({ api: 'cycle', kind: 'cut', match, count: 1 });
    const task = await service.requestTask(id, 'stop', 'oscar');
    expect(task.state).toBe('unanswered');
    await eventually('stopping', () => statesOf(task.id).includes('in-progress'));
    bench.simulator.advance(5_000);
    await eventually('stopped', () => statesOf(task.id).includes('done'));
    expect(statesOf(task.id)).not.toContain('sent');
  });

  it('says what never left, and lets it be tried again at once', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const undo = bench.simulator.fail({ api: 'cycle', kind: 'down' });
    await expect(service.requestTask(id, 'stop', 'oscar')).rejects.toMatchObject({ certainlyNotDone: true });
    const { task } = await service.instance(id);
    expect(task).toMatchObject({
      state: 'refused',
      failure: { code: 'upstream-unreachable', message: expect.stringMatching(/^Not sent\. /u) },
    });
    expect(statesOf(task?.id ?? '')).toEqual(['requested', 'refused']);
    undo();
    const again = await eventually('the socket to be back', () =>
      service.requestTask(id, 'stop', 'oscar').catch(() => null),
    );
    expect(again.state).toBe('sent');
    bench.simulator.advance(5_000);
    await eventually('stopped', () => statesOf(again.id).includes('done'));
  });

  it('does not call sent what a closed connection may have swallowed, and gives it up soon', async () => {
    bench = await environmentBench({ unknownAfterMs: 1_500 });
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const match = { method: 'POST', pathPrefix: '/v1/conductor/tasks' };
    bench.simulator.fail({ api: 'cycle', kind: 'refuse', match });
    const task = await service.requestTask(id, 'stop', 'oscar');
    expect(task.state).toBe('unanswered');
    await expect(service.requestTask(id, 'stop', 'oscar')).rejects.toMatchObject({ code: 'conflict' });
    await eventually('unknown', () => statesOf(task.id).includes('unknown'));
    expect(statesOf(task.id)).toEqual(['requested', 'unanswered', 'unknown']);
    expect((await service.instance(id)).task?.failure?.message).toMatch(/^Cycle did not answer\..*running/u);
  });

  it('stores the answer once the store is back where it failed while Cycle answered, and follows on', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const match = { pathPrefix: '/v1/conductor' };
    bench.simulator.fail({ api: 'cycle', kind: 'delay', ms: 500, count: 1, match });
    const sending = service.requestTask(id, 'stop', 'oscar').catch((error: unknown) => error);
    const stop = await eventually(
      'the intent',
      () => bench.events.flatMap((event) => (event.type === 'task' ? event.task.id : []))[0],
    );
    await readOnly(true);
    expect(await sending).toMatchObject({ code: 'store-unavailable' });
    await readOnly(false);
    await eventually('the answer', () => statesOf(stop).includes('sent'));
    bench.simulator.advance(5_000);
    await eventually('stopped', () => statesOf(stop).includes('done'));
  });

  it('sends the start of a restart though the store failed when the stop was seen', async () => {
    bench = await environmentBench({ pollMs: 200 });
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const { id: task } = await service.requestTask(id, 'restart', 'oscar');
    await eventually('stopping', () => statesOf(task).includes('in-progress'));
    await readOnly(true);
    bench.simulator.advance(5_000);
    await eventually('a failed round', () =>
      bench.log.some((line) => line.includes('could not be followed')),
    );
    expect(stateOf(service, id)).toBe('stopped');
    await readOnly(false);
    await eventually('starting', () => stateOf(service, id) === 'starting');
    bench.simulator.advance(5_000);
    await eventually('done', () => statesOf(task).includes('done'));
  });

  it('follows an open task on after a restart', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { id } = pick(service, (it) => plain(it) && it.state.current === 'running');
    const task = await service.requestTask(id, 'stop', 'oscar');
    await eventually('stopping', () => statesOf(task.id).includes('in-progress'));
    await bench.stopServices();
    bench.simulator.advance(5_000);
    const again = await bench.serveRead();
    await eventually('done', () => statesOf(task.id).includes('done'));
    expect((await again.instance(id)).task).toMatchObject({ id: task.id, state: 'done' });
  });
});
