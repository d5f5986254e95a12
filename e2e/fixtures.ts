import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Page, test as base } from '@playwright/test';

import { type Role, accountOf } from '../scripts/lib/accounts.ts';
import { answers, freePort, startNode, startSimulator, stop, waitFor } from '../scripts/lib/processes.ts';

export type WorldOptions = {
  scenario:
    | 'healthy'
    | 'degraded'
    | 'empty'
    | 'odd-names'
    | 'queue-full'
    | 'scoped'
    | 'still'
    | 'ten-thousand';
  profile: 'documented' | 'observed';
  /** Speed of the simulated upstreams; 1 is real time. */
  speed: number;
  /** Whether a real sshd runs behind robots that are ready. */
  ssh: boolean;
  host: 'localhost' | '127.0.0.1' | '[::1]';
};

export type World = {
  url: string;
  env: Record<string, string>;
  /** Calls the simulator's control port; throws on a refusal. */
  control: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;
  /** Kills the server without warning and starts it again over the same store and upstreams. */
  crashServer: () => Promise<void>;
  stopServer: () => Promise<void>;
  startServer: () => Promise<void>;
  /** SIGSTOP: the server stands still with its connections open until `thawServer`. */
  freezeServer: () => void;
  thawServer: () => void;
};

type Fixtures = {
  failOnPageErrors: void;
  /** Signs in through the API, so that a spec begins on the page it is about. */
  signInAs: (role: Role, page?: Page) => Promise<void>;
};

export const test = base.extend<Fixtures, WorldOptions & { world: World }>({
  scenario: ['healthy', { option: true, scope: 'worker' }],
  profile: ['observed', { option: true, scope: 'worker' }],
  speed: [1, { option: true, scope: 'worker' }],
  ssh: [false, { option: true, scope: 'worker' }],
  host: ['localhost', { option: true, scope: 'worker' }],
  world: [
    async ({ scenario, profile, speed, ssh, host }, use) => {
      const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-e2e-'));
      const args = ['--scenario', scenario, '--profile', profile, '--speed', String(speed), '--seed', '7'];
      if (ssh) args.push('--ssh');
      const simulator = await startSimulator(args, path.join(scratch, 'upstreams.env'));
      // Workers search from different ports: two that search at once would find the same port free.
      const port = await freePort(20_000 + (process.pid % 1_000) * 10);
      const url = `http://${host}:${port}`;
      const env: Record<string, string> = {
        ...simulator.env,
        PORT: String(port),
        DATA_DIR: scratch,
        SESSION_SECRET: 'an end-to-end secret of the right length',
        NOTICE: 'Simulated upstreams',
        LOG_LEVEL: 'error',
      };
      let server = startNode('server/src/main.ts', [], env, 'server');
      const ready = () => waitFor('the server', () => answers(`${url}/readyz`), server);
      const startServer = async () => {
        server = startNode('server/src/main.ts', [], env, 'server');
        await ready();
      };
      await ready();
      await use({
        url,
        env,
        control: (method, place, body) => callControl(env['SIM_CONTROL_URL'] ?? '', method, place, body),
        stopServer: () => stop(server),
        startServer,
        freezeServer: () => void server.kill('SIGSTOP'),
        thawServer: () => void server.kill('SIGCONT'),
        crashServer: async () => {
          server.kill('SIGKILL');
          await waitFor('the end of the server', () => server.signalCode !== null);
          await startServer();
        },
      });
      server.kill('SIGCONT');
      await stop(server);
      await stop(simulator.child);
      rmSync(scratch, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  failOnPageErrors: [
    async ({ context, world }, use) => {
      const pageErrors: string[] = [];
      context.on('weberror', (error) => pageErrors.push(String(error.error())));
      context.on('console', (message) => {
        // Many specs provoke failed requests; they check what the page shows.
        const isAnswer = /^Failed to load resource|net::ERR_/.test(message.text());
        // On plain http Chromium says that it ignores a header meant for https.
        const isIgnoredHeader = message
          .text()
          .startsWith('The Cross-Origin-Opener-Policy header has been ignored');
        if (message.type() === 'error' && !isAnswer && !isIgnoredHeader) pageErrors.push(message.text());
      });
      await use();
      await world.control('DELETE', '/faults');
      if (pageErrors.length > 0) throw new Error(`the page logged errors:\n${pageErrors.join('\n')}`);
    },
    { auto: true },
  ],
  baseURL: async ({ world }, use) => use(world.url),
  signInAs: async ({ page: own, world }, use) => {
    await use(async (role, page = own) => {
      const account = accountOf(world.env, role);
      const answer = await page.request.post(`${world.url}/api/session`, { data: account });
      if (!answer.ok()) throw new Error(`sign-in as ${account.username} was refused: ${await answer.text()}`);
    });
  },
});

async function callControl(origin: string, method: string, place: string, body?: object): Promise<unknown> {
  const response = await fetch(`${origin}${place}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the simulator refused ${method} ${place}: ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

export { expect } from '@playwright/test';
