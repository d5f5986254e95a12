import { setTimeout as sleep } from 'node:timers/promises';

import { systemClock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { createCycleClient } from '../../upstream/cycle/client.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import { createUpstreamHealth } from '../../upstream/health.ts';
import { environmentBench, eventually } from '../environment/environment.fixture.ts';
import { createTelemetryService } from './service.ts';
import type { TelemetryService } from './types.ts';

/** Short to keep tests fast; `tick` advances the simulated clock by as much. */
export const POLL_MS = 200;

/** `serveTelemetry()` again is a restart on the same store. */
export async function telemetryBench(scenario = 'healthy') {
  const bench = await environmentBench({ scenario });
  const environment = await bench.serveRead();
  const { simulator, store, hub } = bench;
  const started: { service: TelemetryService; client: CycleClient }[] = [];
  const silent = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const logger = { ...silent, child: () => logger } as unknown as Logger;

  return {
    ...bench,
    environment,
    async serveTelemetry(pollMs = POLL_MS): Promise<TelemetryService> {
      const health = createUpstreamHealth({
        name: 'cycle',
        label: 'Cycle',
        configured: true,
        clock: systemClock,
      });
      const client = createCycleClient({
        socketPath: simulator.env['CYCLE_API_SOCKET'] ?? '',
        token: simulator.env['CYCLE_API_TOKEN'] ?? '',
        health,
        logger,
      });
      const directory = { ...environment.telemetryDirectory, containerIntervalMs: () => null };
      const service = createTelemetryService({
        client,
        health,
        directory,
        db: store.db,
        hub,
        singleProcess: true,
        clock: systemClock,
        logger,
        onDamaged: (fault) => {
          throw fault;
        },
        pollMs,
      });
      started.push({ service, client });
      await service.start();
      return service;
    },
    /** Advances the simulated clock in real time until at least `samples` were taken. */
    async live(samples: number): Promise<void> {
      const from = bench.events.length;
      await eventually(`${samples} samples`, async () => {
        await sleep(50);
        simulator.advance(50);
        return bench.events.slice(from).filter((event) => event.type === 'telemetry').length >= samples;
      });
    },
    /** Brings the simulated clock, which `live` leaves behind on a slow machine, up to what the service asks. */
    catchUp(): void {
      const { clock } = simulator.live.world;
      simulator.advance(Math.max(0, systemClock.now() - clock.now()));
    },
    async stopTelemetry(): Promise<void> {
      for (const { service, client } of started.splice(0)) {
        await service.stop();
        await client.close();
      }
    },
    async closeAll(): Promise<void> {
      await this.stopTelemetry();
      await bench.close();
    },
  };
}

export type TelemetryBench = Awaited<ReturnType<typeof telemetryBench>>;
