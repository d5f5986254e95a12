import { availableParallelism } from 'node:os';

import { defineConfig } from '@playwright/test';

import type { WorldOptions } from './fixtures.ts';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name that is no secure context on plain http, as a server in a private network has.
  '--host-resolver-rules=MAP dashboard.test 127.0.0.1',
  // Names for specs that need another host than this very machine, which browsers treat as secure.
  '--host-resolver-rules=MAP *.test 127.0.0.1',
];
const executablePath = process.env['CHROMIUM'];

export default defineConfig<object, WorldOptions>({
  testDir: 'specs',
  testMatch: '*.e2e.ts',
  fullyParallel: false,
  // Specs mostly wait, so there are more workers than cores.
  workers: Math.ceil(availableParallelism() * 1.5),
  timeout: 240_000,
  expect: { timeout: 10_000 },
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  outputDir: 'test-results',
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: executablePath ? { executablePath, args } : { args },
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    contextOptions: { reducedMotion: 'reduce' },
  },
});
