import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ServerEvent } from '@cyclorama/shared/events.ts';
import { topology } from '@cyclorama/shared/topology.ts';
import type { Topology } from '@cyclorama/shared/topology.ts';

import { systemClock } from '../../lib/clock.ts';
import { openBench } from '../../testing/bench.fixture.ts';
import { TEST_SECRET } from '../../testing/test-secret.ts';
import { createCycleClient } from '../../upstream/cycle/client.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import { createUpstreamHealth } from '../../upstream/health.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import { createRecorder } from '../activity/recorder.ts';
import { createActivityService } from '../activity/service.ts';
import { createEnvironmentService } from './service.ts';
import type { EnvironmentService } from './service.ts';

/** Polls until a value is returned; throws with `what` after `withinMs`. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = 25_000,
): Promise<NonNullable<T>> {
  const until = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`within ${withinMs} ms expected: ${what}`);
    await sleep(20);
  }
}

type BenchOptions = {
  scenario?: string;
  unknownAfterMs?: number;
  pollMs?: number;
  checkMs?: number;
  lookMs?: number;
};
/** Rarely enough that tests that count calls see only those of notifications. */
const RARE_CHECKS_MS = 60_000;

/**
 * A simulator with a manual clock, a store, and environment services on both. `serve()` starts another service, as a
 * server restart would; `log` and `events` keep everything.
 */
export async function environmentBench({ scenario = 'healthy', ...settings }: BenchOptions = {}) {
  let health: UpstreamHealth;
  const bench = await openBench({ scenario, seed: 11, startAt: Date.now() });
  const { simulator, store, hub, log, logger } = bench;
  const events: ServerEvent[] = [];
  hub.subscribe((event) => void events.push(structuredClone(event)));
  const { db, commit, health: storeHealth } = store;
  const recorder = createRecorder({
    commit,
    storeHealth,
    clock: systemClock,
    hub,
    logger,
    secrets: [TEST_SECRET],
  });
  const activity = createActivityService({ db });
  const socketPath = simulator.env['CYCLE_API_SOCKET'] ?? '';
  const token = simulator.env['CYCLE_API_TOKEN'] ?? '';
  const started: { service: EnvironmentService; client: CycleClient }[] = [];

  const serve = async (): Promise<EnvironmentService> => {
    health = createUpstreamHealth({
      name: 'cycle',
      label: 'Cycle',
      configured: true,
      clock: systemClock,
    });
    const client = createCycleClient({ socketPath, token, health, logger });
    const service = createEnvironmentService({
      client,
      socketPath,
      token,
      health,
      hub,
      db,
      ...recorder,
      activity,
      numbers: () => ({
        claims: { running: 2, waiting: 1, starting: 0, releasing: 0 },
        robots: { deployments: 3, ours: 1, free: 1, heldByOthers: 0, unavailable: 1, unknown: 0 },
      }),
      upstreams: () => [health.status()],
      clock: systemClock,
      logger,
      newId: randomUUID,
      singleProcess: true,
      ownInstanceId: null,
      onVpnAccountsChanged: () => Promise.resolve(),
      checkMs: RARE_CHECKS_MS,
      ...settings,
    });
    started.push({ service, client });
    await service.start();
    return service;
  };

  return {
    simulator,
    store,
    hub,
    log,
    events,
    activity,
    /** Of the last service's client. */
    health: () => health,
    serve,
    /** Resolves once everything was read, the topology included. */
    async serveRead(): Promise<EnvironmentService> {
      const service = await serve();
      await eventually(
        'the environment to be read',
        () => service.collector.complete && service.collector.notificationsConnected,
      );
      await eventually('the topology to hold all of it', () => {
        const { nodes } = bodyOf(service);
        const instances = nodes.filter((node) => node.kind === 'instance').length;
        return (
          instances === service.collector.snapshot.instances.size &&
          nodes.some((node) => node.kind === 'domain')
        );
      });
      return service;
    },
    async stopServices(): Promise<void> {
      for (const { service, client } of started.splice(0)) {
        await service.stop();
        await client.close();
      }
    },
    async close(): Promise<void> {
      await this.stopServices();
      await bench.close();
    },
  };
}

export type EnvironmentBench = Awaited<ReturnType<typeof environmentBench>>;

export function bodyOf(service: EnvironmentService): Topology {
  return topology.parse(JSON.parse(service.topology.current().body().toString()));
}
