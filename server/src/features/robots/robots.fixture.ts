import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Role } from '@cyclorama/shared/common.ts';
// oxlint-disable-next-line no-restricted-imports -- only tests import this fixture
import { manualClock, startSimulator } from '@cyclorama/simulator';
import pino from 'pino';

import type { ActivityNote } from '../../lib/activity-note.ts';
import { createEventHub } from '../../lib/event-hub.ts';
import type { Logger } from '../../lib/logger.ts';
import { openStore } from '../../store/database.ts';
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
  const clock = manualClock();
  const simulator = await startSimulator({ clock, scenario, seed: 11, profile });
  const dataDir = mkdtempSync(join(tmpdir(), 'robots-'));
  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }) as Logger;
  const store = await openStore({ dataDir }, logger);
  const hub = createEventHub();
  const events: string[] = [];
  hub.subscribe((event) => void events.push(JSON.stringify(event)));
  hub.watch('ada');
  const activity: ActivityNote[] = [];
  const health = createUpstreamHealth({ name: 'rerobots', label: 'rerobots', configured: true, clock });
  const clients: RerobotsClient[] = [];
  const services: RobotsService[] = [];

  const serve = (
    token: string | null = simulator.env['REROBOTS_API_TOKEN'] ?? '',
    quota: number | null = null,
  ): RobotsService => {
    const url = simulator.env['REROBOTS_API_URL'] ?? '';
    const client = createRerobotsClient({ url, token: () => token, health, logger, clock });
    clients.push(client);
    const service = createRobotsService({
      db: store.db,
      hub,
      clock,
      logger,
      health,
      client,
      record: async (note) => void activity.push(note),
      newId: randomUUID,
      quota,
      people: { hasSignedIn: async (name) => name !== 'nobody', roleOf },
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
    events,
    activity,
    health,
    serve,
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
      await store.close();
      await simulator.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type RobotsBench = Awaited<ReturnType<typeof robotsBench>>;
