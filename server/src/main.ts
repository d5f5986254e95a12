import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { createApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { createDeps } from './deps.ts';
import { systemClock } from './lib/clock.ts';
import { createLogger } from './lib/logger.ts';
import { createShutdown, handleSignals } from './lifecycle.ts';
import { listen } from './listen.ts';
import { loadSessionSecret } from './session-secret.ts';
import { openStore, StoreError } from './store/database.ts';

const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
const manifest = new URL('../package.json', import.meta.url);

/** Brings the server up: store, services, then the port, so that whoever connects finds it whole. */
async function main(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  const { dataDir, databaseUrl } = config;
  const store = await openStore(databaseUrl === null ? { dataDir } : { databaseUrl }, logger);
  const secret = await loadSessionSecret(config, store);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const deps = createDeps({ config, store, secret, version, clock: systemClock, logger });
  const { handle, closeStreams } = createApp({ config, deps, logger, webFolder });
  const server = createServer({ keepAliveTimeout: 65_000 }, handle);

  const exit = (code: number): void => process.exit(code);
  const shutdown = createShutdown({
    logger,
    exit,
    steps: [
      { name: 'say so', run: () => deps.about.leave() },
      {
        name: 'stop accepting',
        run: async () => {
          const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
          closeStreams();
          // Connections that answer their last request only now fall idle later.
          const sweep = setInterval(() => server.closeIdleConnections(), 100);
          await closed;
          clearInterval(sweep);
        },
      },
      { name: 'stop services', run: () => deps.stop() },
      { name: 'close store', run: () => store.close() },
    ],
  });
  handleSignals(process, { shutdown, logger, exit });

  await deps.start();
  const { address, port } = await listen(server, config.port, config.host);
  logger.info({ address, port, store: store.engine, version }, 'listening');
}

try {
  await main(readConfig(process.env));
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof StoreError;
  const message =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
