import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Config } from '../config.ts';
import type { CollectorConfig } from './collector.ts';

export const SETTINGS = 'CYCLORAMA_COLLECTOR';
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/** What V8 would use to be fast costs 15 MB; this process idles between two rounds of ten seconds. */
const FRUGAL = [
  '--v8-pool-size=1',
  '--max-semi-space-size=1',
  '--no-opt',
  '--no-maglev',
  '--disable-warning=ExperimentalWarning',
];
/** How often a server is read, as the dashboard reads its own. */
const EVERY_MS = 10_000;

type Settings = Omit<CollectorConfig, 'token' | 'secret'> & {
  logLevel: Config['logLevel'];
  /** True where the compile cache may not have all modules yet. */
  isCold: boolean;
};

/** From what the whole configuration has already been checked by; secrets stay where they were given. */
export function launchCollector(config: Config, version: string): void {
  const { cycle, collect, dataDir, logLevel } = config;
  become({
    socketPath: cycle.socketPath,
    instanceId: cycle.instanceId ?? '',
    to: collect.to,
    dataDir,
    spoolBytes: collect.spoolMb * 1_048_576,
    everyMs: EVERY_MS,
    version,
    logLevel,
    isCold: true,
  });
}

/**
 * Replaces this process, and with it the memory that reading the configuration and stripping types took, by one that has
 * its modules from the compile cache.
 */
export function become(settings: Settings): void {
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(settings.dataDir, 'compile-cache'),
    [SETTINGS]: JSON.stringify(settings),
  };
  const args = process.execArgv.filter((arg) => !FRUGAL.includes(arg));
  if (process.execve === undefined) throw new Error('A collector runs on Linux and macOS only.');
  process.execve(process.execPath, [process.execPath, ...args, ...FRUGAL, MAIN], env);
}

export function settingsOf(env: NodeJS.ProcessEnv): Settings {
  return JSON.parse(env[SETTINGS] ?? '') as Settings;
}
