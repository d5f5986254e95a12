import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { answers, freePort, startNode, stop, waitFor } from '../scripts/lib/processes.ts';
import type { World } from './fixtures.ts';

export type SecondServer = { url: string; stop: () => Promise<void> };

/**
 * Starts another dashboard on the host, over the world's upstreams, with a store and a secret of its own; on `PORT` of
 * `env` where that is given.
 */
export async function startSecondServer(
  world: World,
  env: Record<string, string> = {},
): Promise<SecondServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'cyclorama-second-'));
  const port = Number(env['PORT'] ?? (await freePort(40_000 + (process.pid % 1_000) * 10)));
  // Without robots: another spec may have had the token of the world's account revoked.
  const { SESSION_SECRET: _secret, REROBOTS_API_TOKEN: _token, ...shared } = world.env;
  const all = { ...shared, ...env, PORT: String(port), DATA_DIR: dataDir };
  const server: ChildProcess = startNode('server/src/main.ts', [], all, 'second server');
  const url = `http://localhost:${port}`;
  await waitFor('the second server', () => answers(`${url}/readyz`), server);
  return {
    url,
    async stop() {
      await stop(server);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
