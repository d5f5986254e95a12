import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// oxlint-disable no-restricted-imports -- only tests load this file
import { startSimulator } from '@cyclorama/simulator';
import type { Simulator, SimulatorOptions } from '@cyclorama/simulator';
// oxlint-enable no-restricted-imports

import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import type { Features } from '../features.ts';
import { apiOperations } from '../http/api-operations.ts';
import { createHttpServer } from '../http/http-server.ts';
import { systemClock } from '../lib/clock.ts';
import type { Clock } from '../lib/clock.ts';
import { createLogger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secret-box.ts';
import { listen } from '../listen.ts';
import { openStore } from '../store/database.ts';
import type { Store } from '../store/database.ts';
import { answerCheckOf, watchAnswer } from './answer-check.fixture.ts';
import { TEST_SECRET } from './test-secret.ts';

type Init = { body?: unknown; headers?: Record<string, string> };

export type Browser = {
  readonly cookie: string;
  readonly csrfToken: string;
  get(path: string, init?: Init): Promise<Response>;
  post(path: string, init?: Init): Promise<Response>;
  put(path: string, init?: Init): Promise<Response>;
  del(path: string, init?: Init): Promise<Response>;
};

export type TestServer = {
  url: string;
  simulator: Simulator;
  hub: Features['hub'];
  activity: Features['activity'];
  features: Features['all'];
  store: Store;
  /** Everything logged so far. */
  log(): string;
  /** Users of the simulator: `ada` (admin), `oscar` (operator), `vera` (viewer). */
  /** At `url` or, behind a proxy, at another. */
  signIn(name: 'ada' | 'oscar' | 'vera', url?: string, headers?: Record<string, string>): Promise<Browser>;
  signInAs(name: string, password: string, headers?: Record<string, string>, url?: string): Promise<Response>;
  password(name: 'ada' | 'oscar' | 'vera'): string;
  /** Rejects where an answer was not as the API document says. */
  close(): Promise<void>;
};

type Options = {
  simulator?: SimulatorOptions;
  /** Override the simulator's variables. */
  env?: Record<string, string | undefined>;
  clock?: Clock;
  proxyDeadlineMs?: number;
  oidcPollMs?: number;
  /** Shares its simulator and store, as another replica or after a restart. */
  beside?: TestServer;
  secrets?: Secrets;
  secretInDatabase?: boolean;
  /** Shorter than in production. */
  limits?: Parameters<typeof createHttpServer>[1];
  /** Instead of a SQLite file of its own; stays open. */
  store?: Store;
};

/** The whole server on a free port, with the simulator as upstreams and a store in a folder of its own. */
export async function startTestServer(options: Options = {}): Promise<TestServer> {
  const { beside } = options;
  const simulator = beside?.simulator ?? (await startSimulator(options.simulator));
  const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-server-'));
  const lines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void lines.push(line) });
  const config = readConfig({ ...simulator.env, DATA_DIR: dataDir, ...options.env });
  const shared = beside?.store ?? options.store;
  const store = shared ?? (await openStore({ dataDir, retryMs: 100 }, logger));
  const clock = options.clock ?? systemClock;
  const { proxyDeadlineMs, oidcPollMs } = options;
  const { secrets = [TEST_SECRET], secretInDatabase } = options;
  const version = '0.0.0';
  const parts = {
    config,
    store,
    secrets,
    secretInDatabase,
    version,
    clock,
    logger,
    proxyDeadlineMs,
    oidcPollMs,
  };
  const { features, handle, closeStreams } = createApp({ ...parts, webFolder: join(dataDir, 'web') });
  const server = createHttpServer(handle, options.limits);
  const undocumented = new Set<string>();
  // First, so that it sees what is really sent.
  server.prependListener('request', (request, response) => {
    watchAnswer(request, response, (answer) => {
      const problem = answerCheckOf(apiOperations(features.all))(answer);
      if (problem !== null)
        undocumented.add(`${answer.method} ${answer.path} → ${answer.status}: ${problem}`);
    });
  });
  await features.start();
  const { port } = await listen(server, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;

  const passwords = new Map(
    [simulator.env['SIM_VPN_USER'], simulator.env['SIM_OPERATOR'], simulator.env['SIM_VIEWER']].map(
      (pair = '') => pair.split(':', 2) as [string, string],
    ),
  );
  const password = (name: string): string => passwords.get(name) ?? '';
  const signInAs = (username: string, given: string, headers = {}, at = url): Promise<Response> =>
    fetch(`${at}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ username, password: given }),
    });

  return {
    url,
    simulator,
    hub: features.hub,
    activity: features.activity,
    features: features.all,
    store,
    log: () => lines.join(''),
    password,
    signInAs,
    async signIn(name, at = url, headers = {}) {
      const answer = await signInAs(name, password(name), headers, at);
      const { csrfToken } = (await answer.json()) as { csrfToken: string };
      return browserOf(at, answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '', csrfToken);
    },
    async close() {
      closeStreams();
      server.closeAllConnections();
      server.close();
      await features.stop();
      if (shared === undefined) await store.close();
      if (beside === undefined) await simulator.close();
      rmSync(dataDir, { recursive: true, force: true });
      if (undocumented.size > 0)
        throw new Error(`Answers that the API document does not describe:\n${[...undocumented].join('\n')}`);
    },
  };
}

/** Of a session whose cookie and CSRF token are known. */
export function browserOf(url: string, cookie: string, csrfToken: string): Browser {
  const call = (method: string, path: string, { body, headers }: Init = {}): Promise<Response> => {
    const all: Record<string, string> = { cookie };
    if (method !== 'GET') all['x-csrf-token'] = csrfToken;
    if (body !== undefined) all['content-type'] = 'application/json';
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(url + path, { method, headers: { ...all, ...headers }, ...sent });
  };
  return {
    cookie,
    csrfToken,
    get: (path, init) => call('GET', path, init),
    post: (path, init) => call('POST', path, init),
    put: (path, init) => call('PUT', path, init),
    del: (path, init) => call('DELETE', path, init),
  };
}

export async function errorOf(answer: Response): Promise<{
  code: string;
  message: string;
  hint?: string;
  field?: string;
  upstream?: string;
  retryAfterSeconds?: number;
  requestId: string;
}> {
  const body = (await answer.json()) as { error: Awaited<ReturnType<typeof errorOf>> };
  return body.error;
}
