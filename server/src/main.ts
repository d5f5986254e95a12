import { readFileSync } from 'node:fs';

import { ConfigError, readConfig } from './config.ts';
import { AppError } from './lib/errors.ts';
import { StoreError } from './store/store-error.ts';

const manifest = new URL('../package.json', import.meta.url);

/** Each role loads what it needs: a collector has no room for Express and the store. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  if (config.role === 'collector') {
    const { launchCollector } = await import('./collector/launch.ts');
    launchCollector(config, version);
  } else {
    const { serveDashboard } = await import('./dashboard.ts');
    await serveDashboard(config, version);
  }
}

try {
  await main();
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof StoreError || error instanceof AppError;
  const hint = error instanceof AppError ? ` ${error.hint ?? ''}` : '';
  const message =
    error instanceof Error
      ? expected
        ? error.message + hint
        : (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
