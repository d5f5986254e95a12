import { randomBytes, randomUUID } from 'node:crypto';

import { createSecretBox } from '../../../lib/secret-box.ts';
import { openBench } from '../../../testing/bench.fixture.ts';
import { recordOn } from '../../../testing/record.fixture.ts';
import { createCycleClient } from '../../../upstream/cycle/client.ts';
import { createUpstreamHealth } from '../../../upstream/health.ts';
import { createSchedulerClient } from '../../../upstream/scheduler/client.ts';
import type { SchedulerClient } from '../../../upstream/scheduler/client.ts';
import type { FunctionContainer, FunctionDirectory, FunctionInstance } from '../function-directory.ts';
import { createClaimsService } from './service.ts';
import type { ClaimsService } from './service.ts';

/**
 * A simulator on a manual clock, a store and claims services on them; `serve()` makes another service, as a restart
 * would. `log` and `events` keep everything written, so that tests can search them for secrets.
 */
export async function claimsBench(
  options: {
    scenario?: string;
    maxQueueTimeSeconds?: number;
    claimPatienceMs?: number;
    writeTimeoutMs?: number;
    /** False as on a shared PostgreSQL. */
    singleProcess?: boolean;
    /** A PostgreSQL instead of a SQLite file; its claims are deleted first. */
    databaseUrl?: string;
  } = {},
) {
  const { databaseUrl, scenario = 'healthy' } = options;
  const bench = await openBench({ scenario, seed: 7, databaseUrl });
  const { clock, simulator, store, hub, log, logger, dataDir } = bench;
  if (databaseUrl !== undefined) {
    for (const table of ['claim_transitions', 'claims', 'claim_batches'] as const) {
      await store.db.deleteFrom(table).execute();
    }
  }
  const events: string[] = [];
  hub.subscribe((event) => void events.push(JSON.stringify(event)));
  const { recorder, activity } = recordOn(bench);
  const health = (name: 'cycle' | 'scheduler') =>
    createUpstreamHealth({ name, label: name, configured: true, clock });
  const cycle = createCycleClient({
    socketPath: simulator.env['CYCLE_API_SOCKET'] ?? '',
    token: simulator.env['CYCLE_API_TOKEN'] ?? '',
    health: health('cycle'),
    logger,
  });
  let containers: FunctionContainer[] = [];
  let instances: FunctionInstance[] = [];
  const readEnvironment = async (): Promise<void> => {
    containers = (await cycle.containers())
      .filter(({ isFunction }) => isFunction)
      .map(({ id, name, state, functionLimits }) => ({
        containerId: id,
        name,
        enabled: state.current === 'function',
        maxPoolSize: functionLimits?.maxPoolSize ?? null,
        maxRuntimeSeconds: 900,
        maxQueueTimeSeconds: options.maxQueueTimeSeconds ?? 0,
      }));
    instances = (await cycle.instances())
      .filter(({ isFunction }) => isFunction)
      .map(({ id, containerId, readyState, state }) => ({
        id,
        containerId,
        readyState,
        state: state.current,
      }));
  };
  await readEnvironment();
  const directory: FunctionDirectory = {
    containers: () => containers,
    instances: () => instances,
    freshness: () => health('cycle').freshness(),
  };
  const clients: SchedulerClient[] = [];
  const services: ClaimsService[] = [];
  const tokens: string[] = [];

  const serve = (over: { accessKey?: string; url?: string; newToken?: () => string } = {}): ClaimsService => {
    const scheduler = createSchedulerClient({
      url: over.url ?? simulator.env['SCHEDULER_URL'] ?? '',
      addresses: (simulator.env['SCHEDULER_ADDRESSES'] ?? '').split(','),
      accessKey: over.accessKey ?? simulator.env['SCHEDULER_ACCESS_KEY'] ?? '',
      writeTimeoutMs: options.writeTimeoutMs ?? 20_000,
      health: health('scheduler'),
      logger,
      clock,
    });
    clients.push(scheduler);
    const service = createClaimsService({
      db: store.db,
      commit: store.commit,
      hub,
      clock,
      logger,
      directory,
      scheduler,
      ...recorder,
      singleProcess: options.singleProcess ?? true,
      processId: randomUUID(),
      claimPatienceMs: options.claimPatienceMs ?? 8_000,
      box: createSecretBox('a session secret of at least 32 characters', 'claims'),
      newId: randomUUID,
      newToken: () => {
        const token = over.newToken?.() ?? randomBytes(24).toString('base64url');
        tokens.push(token);
        return token;
      },
    });
    services.push(service);
    return service;
  };

  return {
    dataDir,
    clock,
    simulator,
    store,
    log,
    events,
    activity,
    tokens,
    directory,
    readEnvironment,
    serve,
    scheduler: () => clients.at(-1) as SchedulerClient,
    containerId: simulator.env['SIM_FUNCTION_CONTAINER'] ?? '',
    async active(containerId: string): Promise<string[]> {
      const view = await clients[0]?.active(containerId);
      return (view?.instances ?? []).map((instance) => instance.instanceId);
    },
    async close(): Promise<void> {
      await Promise.all(services.map((service) => service.stop()));
      await Promise.all(clients.map((client) => client.close()));
      await cycle.close();
      await bench.close();
    },
  };
}

export type ClaimsBench = Awaited<ReturnType<typeof claimsBench>>;
