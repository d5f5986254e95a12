import { flushCompileCache } from 'node:module';

import { secretInFile } from '../lib/secret-file.ts';
import { createCollector } from './collector.ts';
import { become, settingsOf } from './launch.ts';
import { createLog } from './log.ts';

const settings = settingsOf(process.env);
if (settings.isCold) {
  // All modules are loaded now: without the TypeScript they came as, they are in the cache for what comes next.
  flushCompileCache();
  become({ ...settings, isCold: false });
}

const secretOf = (name: string): string => {
  const text = process.env[name] || secretInFile(process.env[`${name}_FILE`] ?? '');
  if (typeof text === 'string') return text;
  process.stderr.write(`${name}_FILE: ${text.fault}\n`);
  return process.exit(1);
};

const log = createLog(settings.logLevel);
const collector = createCollector(
  { ...settings, token: secretOf('CYCLE_API_TOKEN'), secret: secretOf('COLLECT_SECRET') },
  log,
);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    log('info', 'stopping', { why: signal });
    void collector.stop().then(() => process.exit(0));
  });
collector.start();
log('info', 'collecting', { to: settings.to, version: settings.version });
