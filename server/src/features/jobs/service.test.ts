import { jobDetail, jobsResponse } from '@cyclorama/shared/jobs.ts';
import { manualClock, startSimulator } from '@cyclorama/simulator';
import type { Simulator } from '@cyclorama/simulator';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Logger } from '../../lib/logger.ts';
import { createPlatformClient } from '../../upstream/cycle-platform/client.ts';
import type { PlatformClient } from '../../upstream/cycle-platform/client.ts';
import { createUpstreamHealth } from '../../upstream/health.ts';
import { createJobsService } from './service.ts';
import type { JobsService } from './service.ts';

let simulator: Simulator;
let client: PlatformClient;
const clock = manualClock();
const log: string[] = [];
const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }) as Logger;

const serve = (apiKey: string | null): JobsService => {
  const configured = apiKey !== null;
  const health = createUpstreamHealth({ name: 'platform', label: 'Cycle’s public API', configured, clock });
  const url = simulator.env['CYCLE_PLATFORM_URL'] ?? '';
  client = createPlatformClient({
    url,
    apiKey,
    hubId: simulator.env['CYCLE_HUB_ID'] ?? null,
    health,
    logger,
    clock,
  });
  return createJobsService({ client, health, clock, logger, keepMs: 10_000 });
};
const calls = (name: string): number => simulator.requests().platform[name] ?? 0;
const key = (): string => simulator.env['CYCLE_PLATFORM_API_KEY'] ?? '';

beforeEach(async () => {
  simulator = await startSimulator({ clock, seed: 5 });
});
afterEach(async () => {
  await client.close();
  await simulator.close();
});

describe('jobs', () => {
  it('are listed newest first with their progress, by one sign-in and one read for all who ask', async () => {
    const jobs = serve(key());
    const [first] = await Promise.all([jobs.list(), jobs.list(), jobs.list()]);
    expect(jobsResponse.parse(first)).toEqual(first);
    expect(first.freshness.state).toBe('live');
    expect(first.jobs.map((job) => job.state)).toEqual(expect.arrayContaining(['completed', 'error']));
    const times = first.jobs.map((job) => job.queuedAt ?? '');
    expect(times).toEqual(times.toSorted().toReversed());
    expect(first.jobs.find((job) => job.state === 'completed')?.progress).toBe(1);
    expect([calls('POST /auth/token'), calls('GET /v1/jobs')]).toEqual([1, 1]);
    clock.advance(9_999);
    await jobs.list();
    expect(calls('GET /v1/jobs')).toBe(1);
    clock.advance(1);
    await jobs.list();
    expect(calls('GET /v1/jobs')).toBe(2);
  });

  it('are followed with their tasks and steps to their end', async () => {
    const jobs = serve(key());
    const { jobs: listed } = await jobs.list();
    const done = await jobs.job(listed.find(({ state }) => state === 'completed')?.id ?? '');
    expect(jobDetail.parse(done)).toEqual(done);
    const steps = done.tasks.flatMap((task) => task.steps);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.every(({ caption, completedAt }) => caption !== '' && completedAt !== null)).toBe(true);
    const failed = await jobs.job(listed.find(({ state }) => state === 'error')?.id ?? '');
    expect(failed.tasks.some(({ error }) => error !== null)).toBe(true);
    await expect(jobs.job('none')).rejects.toMatchObject({ code: 'not-found' });
    expect(JSON.stringify([done, failed])).not.toMatch(/"input"|"output"/);
  });

  it('are followed at once, each through its own states to completion or error', async () => {
    const jobs = serve(key());
    const [first, second] = [...simulator.live.world.containers.values()].filter(
      (one) => one.service === null,
    );
    simulator.happen({ kind: 'container.stop', id: first?.id ?? '' });
    simulator.happen({ kind: 'container.reconfigure', id: second?.id ?? '', message: 'port in use' });
    const step = { caption: 'Import', header: 'image.import', input: {}, steps: ['Fetch source', 'Push'] };
    simulator.live.jobs.add({ caption: 'Import image', tasks: [step], scheduledMs: 8_000 });
    const { jobs: listed } = await jobs.list();
    const ids = listed.filter(({ state }) => state === 'new').map(({ id }) => id);
    expect(ids).toHaveLength(3);
    const seen = new Map(ids.map((id) => [id, { states: [] as string[], progress: [] as number[] }]));
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      const details = await Promise.all(ids.map((id) => jobs.job(id)));
      for (const { job } of details) {
        const { states, progress } = seen.get(job.id) ?? { states: [], progress: [] };
        if (states.at(-1) !== job.state) states.push(job.state);
        progress.push(job.progress ?? 0);
      }
    }
    const ends = await Promise.all(ids.map((id) => jobs.job(id)));
    const ended = new Map(ends.map(({ job }) => [job.caption.split(' ')[0], job]));
    expect([...ended].map(([caption, { state, error }]) => [caption, state, error])).toEqual(
      expect.arrayContaining([
        ['Stop', 'completed', null],
        ['Import', 'completed', null],
        ['Reconfigure', 'error', 'port in use'],
      ]),
    );
    expect(seen.get(ended.get('Import')?.id ?? '')?.states).toEqual(['scheduled', 'running', 'completed']);
    for (const { progress } of seen.values()) expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(ended.get('Import')?.progress).toBe(1);
  });

  it('are read with a renewed token before the two hours are over', async () => {
    const jobs = serve(key());
    await jobs.list();
    clock.advance(116 * 60_000);
    expect((await jobs.list()).freshness.state).toBe('live');
    expect(calls('POST /auth/token')).toBe(2);
  });

  it('are read after signing in anew where a token is refused once, and are stale where the key is', async () => {
    const jobs = serve(key());
    await jobs.list();
    clock.advance(10_000);
    simulator.fail({ api: 'platform', kind: 'revoke-token', count: 1, match: { method: 'GET' } });
    expect((await jobs.list()).freshness.state).toBe('live');
    clock.advance(10_000);
    simulator.fail({ api: 'platform', kind: 'revoke-token' });
    const { freshness, jobs: kept } = await jobs.list();
    expect(freshness.state).toBe('stale');
    expect(kept.length).toBeGreaterThan(0);
  });

  it('say that the key is wrong, and never say the key', async () => {
    const { freshness, jobs: none } = await serve('SECRET-wrong-key').list();
    expect(freshness).toMatchObject({ state: 'unavailable' });
    expect(none).toEqual([]);
    expect(JSON.stringify([freshness, log])).not.toContain('SECRET-');
  });

  it('are an empty list where nothing is configured', async () => {
    const { freshness, jobs: none } = await serve(null).list();
    expect(freshness.state).toBe('unconfigured');
    expect(none).toEqual([]);
    expect(simulator.requests().platform).toEqual({});
  });
});
