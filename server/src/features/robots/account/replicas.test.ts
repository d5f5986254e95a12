import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { UpstreamError } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import { createSecretBox } from '../../../lib/secret-box.ts';
import { openStore } from '../../../store/database.ts';
import type { Store } from '../../../store/database.ts';
import { ada } from '../../../testing/builders/people.ts';
import { recordOn } from '../../../testing/record.fixture.ts';
import { createUpstreamHealth } from '../../../upstream/health.ts';
import { createRobotAccountService } from './service.ts';
import { createTokenKeeper } from './token-keeper.ts';

const clock = { now: () => Date.UTC(2026, 10, 21) };
const logger = pino({ level: 'silent' }) as Logger;
let dataDir: string;
let store: Store;

/** One replica on the shared store; `purge` is rerobots's answer to one. */
function replica(purge: () => Promise<void> = async () => undefined) {
  const box = createSecretBox('s'.repeat(32), 'rerobots-token');
  const keeper = createTokenKeeper({ db: store.db, box, configured: 'configured-token', clock, logger });
  const health = createUpstreamHealth({ name: 'rerobots', label: 'rerobots', configured: true, clock });
  const { recorder, activity: notes } = recordOn({ store, clock, logger });
  const client = {
    revoke: async () => undefined,
    purge,
    checkToken: async () => undefined,
    tokenWorks: () => null,
    tokenChanged: vi.fn(),
  };
  const service = createRobotAccountService({
    keeper,
    client,
    health,
    openAccounts: async () => new Map(),
    carryOut: recorder.carryOut,
    clock,
    logger,
    singleProcess: false,
  });
  return { service, keeper, health, notes, client };
}

beforeEach(async () => {
  vi.useFakeTimers();
  dataDir = mkdtempSync(join(tmpdir(), 'robot-account-'));
  store = await openStore({ dataDir }, logger);
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('another replica picks up a token that was set or purged here', async () => {
  const [here, there] = [replica(), replica()];
  await Promise.all([here.service.start(), there.service.start()]);
  await here.service.setToken({ token: 'another-token' }, ada);
  await vi.advanceTimersByTimeAsync(15_000);
  await vi.waitFor(() => expect(there.keeper.current()).toBe('another-token'));
  expect(there.client.tokenChanged).toHaveBeenCalledTimes(2);
  await here.service.purge(ada);
  await vi.advanceTimersByTimeAsync(15_000);
  await vi.waitFor(() => expect(there.health.freshness().state).toBe('unconfigured'));
  expect(there.keeper.current()).toBeNull();
  await Promise.all([here.service.stop(), there.service.stop()]);
});

it('keeps its token if rerobots did not purge, or if that is unknown', async () => {
  for (const [fault, outcome] of [
    ['rate-limited', 'refused'],
    ['timeout', 'failed'],
  ] as const) {
    const { service, keeper, notes } = replica(() =>
      Promise.reject(new UpstreamError('rerobots', fault, 'rerobots did not.')),
    );
    await service.start();
    await expect(service.purge(ada)).rejects.toThrow('rerobots did not.');
    expect(keeper.from()).toBe('configured');
    expect(notes.map((note) => note.outcome)).toEqual(['started', outcome]);
    expect(notes[1]?.detail?.includes('may have been carried out')).toBe(outcome === 'failed');
    await service.stop();
  }
});
