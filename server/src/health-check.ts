// For a container's checks, in an image without curl: exits 0 where the server beside it answers well at the path given,
// or where the collector beside it has lately finished a round.
import { statSync } from 'node:fs';
import { join } from 'node:path';

import { ALIVE_FILE } from './lib/collector-alive.ts';

const [path = '/healthz'] = process.argv.slice(2);
const WITHIN_MS = 4_000;

/** A round takes ten seconds, and three times as long where nothing answers. */
const ROUND_WITHIN_MS = 60_000;

const fault = process.env['CYCLORAMA_ROLE'] === 'collector' ? faultOfCollector() : await faultOfServer();
if (fault !== null) {
  process.stderr.write(`${fault}\n`);
  process.exitCode = 1;
}

async function faultOfServer(): Promise<string | null> {
  const answer = await fetch(`http://127.0.0.1:${process.env['PORT'] ?? '8080'}${path}`, {
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch((error: unknown) => String(error));
  if (typeof answer === 'string') return answer;
  return answer.ok ? null : `${path} answered ${answer.status}: ${await answer.text()}`;
}

function faultOfCollector(): string | null {
  const file = join(process.env['DATA_DIR'] ?? '.data', ALIVE_FILE);
  const touchedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const ageMs = Date.now() - touchedAt;
  return ageMs < ROUND_WITHIN_MS
    ? null
    : `The collector’s last round ended ${Math.round(ageMs / 1_000)} s ago.`;
}
