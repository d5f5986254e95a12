import { randomUUID } from 'node:crypto';

import type { Role } from '@cyclorama/shared/common.ts';

import { openBench } from '../../testing/bench.fixture.ts';
import { recordOn } from '../../testing/record.fixture.ts';
import { createUpstreamHealth } from '../../upstream/health.ts';
import { createRerobotsClient } from '../../upstream/rerobots/client.ts';
import type { RerobotsClient } from '../../upstream/rerobots/client.ts';
import { createRobotsService } from './service.ts';
import type { RobotsService } from './service.ts';

const roleOf = (name: string): Role => {
  if (name === 'ada') return 'admin';
  return name === 'vera' ? 'viewer' : 'operator';
};

/**
 * A simulator on a manual clock, a store and robots services on them; `serve()` makes another service, as a restart
 * would. `pass(ms)` advances the clock second by second with a tick of the service in each.
 */
export async function robotsBench(profile: 'documented' | 'observed' = 'observed', scenario = 'healthy') {
  const bench = await openBench({ scenario, seed: 11, profile });
  const { clock, simulator, store, hub, log, logger } = bench;
  const events: string[] = [];
  hub.subscribe((event) => void events.push(JSON.stringify(event)));
  const { recorder, activity } = recordOn(bench);
  const health = createUpstreamHealth({ name: 'rerobots', label: 'rerobots', configured: true, clock });
  const clients: RerobotsClient[] = [];
  let otherToken: string | null = null;
  const services: RobotsService[] = [];

  const serve = (
    token: string | null = simulator.env['REROBOTS_API_TOKEN'] ?? '',
    quota: number | null = null,
  ): RobotsService => {
    const url = simulator.env['REROBOTS_API_URL'] ?? '';
    const client = createRerobotsClient({ url, token: () => otherToken ?? token, health, logger, clock });
    clients.push(client);
    const service = createRobotsService({
      db: store.db,
      hub,
      clock,
      logger,
      health,
      client,
      ...recorder,
      newId: randomUUID,
      quota,
      people: {
        hasSignedIn: (name) => name !== 'nobody',
        noAccess: (name) => (name === 'bob' ? 'was blocked by an admin' : null),
        roleOf,
      },
    });
    services.push(service);
    return service;
  };

  return {
    clock,
    simulator,
    store,
    hub,
    log,
    logger,
    events,
    activity,
    health,
    serve,
    /** Takes the place of every service's token; null puts their own back. */
    useToken(token: string | null): void {
      otherToken = token;
      for (const client of clients) client.tokenChanged(true);
    },
    /** Opens another browser. */
    watch: () => void hub.watch('olga'),
    async pass(service: RobotsService, ms: number, stepMs = 1_000): Promise<void> {
      for (let gone = 0; gone < ms; gone += stepMs) {
        clock.advance(stepMs);
        await service.tick();
      }
    },
    async close(): Promise<void> {
      await Promise.all(services.map((service) => service.stop()));
      await Promise.all(clients.map((client) => client.close()));
      await bench.close();
    },
  };
}

export type RobotsBench = Awaited<ReturnType<typeof robotsBench>>;
