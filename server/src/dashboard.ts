import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { basePathOf } from './http/base-path.ts';
import { createHttpServer } from './http/http-server.ts';
import { securityHeaders } from './http/security.ts';
import { createStartupGate } from './http/startup-gate.ts';
import { systemClock } from './lib/clock.ts';
import { createLogger } from './lib/logger.ts';
import { createShutdown, handleSignals } from './lifecycle.ts';
import { listen } from './listen.ts';
import { openStore } from './store/database.ts';
import { loadSecrets } from './store/session-secret.ts';

const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** The port opens first, so that health probes see "alive, not ready" while store and services start. */
export async function serveDashboard(config: Config, version: string): Promise<void> {
  const logger = createLogger(config.logLevel);
  const exit = (code: number): void => process.exit(code);
  let shutdown = (why: string): Promise<void> => {
    logger.info({ why }, 'shutting down during the start');
    exit(0);
    return Promise.resolve();
  };
  handleSignals(process, { shutdown: (why) => shutdown(why), logger, exit });

  const gate = createStartupGate(basePathOf(config.publicUrl), securityHeaders(config.publicUrl));
  const server = createHttpServer(gate.listener);
  const { address, port } = await listen(server, config.port, config.host);
  logger.info({ address, port }, 'listening');

  const { dataDir, databaseUrl, upgradeBackup } = config;
  const where = databaseUrl === null ? { dataDir } : { dataDir, databaseUrl };
  const store = await openStore({ ...where, upgradeBackup }, logger);
  const { secrets, inDatabase: secretInDatabase } = await loadSecrets(config, store);
  const parts = { config, store, secrets, secretInDatabase, version, clock: systemClock, logger, webFolder };
  const { features, handle, closeStreams } = createApp(parts);

  shutdown = createShutdown({
    logger,
    exit,
    steps: [
      {
        name: 'say so',
        run: (why) => {
          features.about.leave();
          gate.drain();
          // Not ready yet means no traffic to drain, and Ctrl-C needs no grace period.
          return gate.isOpen && why !== 'SIGINT' ? sleep(config.drainSeconds * 1000) : undefined;
        },
      },
      {
        name: 'stop accepting',
        run: async () => {
          const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
          closeStreams();
          // Connections still answering a request become idle only later.
          const sweep = setInterval(() => server.closeIdleConnections(), 100);
          await closed;
          clearInterval(sweep);
        },
      },
      { name: 'stop services', run: () => features.stop() },
      { name: 'close store', run: () => store.close() },
    ],
    forceAfterMs: config.drainSeconds * 1000 + 10_000,
  });

  await features.start();
  gate.open(handle);
  logger.info({ store: store.engine, version }, 'serving');
}
