import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Account, accountOf, roles } from '../lib/accounts.ts';
import { answers, freePort, startNode, startSimulator, stop, waitFor } from '../lib/processes.ts';
import { type Api, signIn } from '../lib/signed-in.ts';
import type { Document } from './operations.ts';
import type { WayIn } from './requests.ts';
import type { Ids } from './values.ts';

export type FuzzWorld = {
  port: number;
  document: Document;
  waysIn: WayIn[];
  ids: Ids;
  /** None of them may be in an answer or a line of the log. */
  canaries: string[];
  /** Everything the server has logged since the last call. */
  takeLog(): string;
  /** Null where the system does not tell. */
  memoryMB(): number | null;
  /** Signs in again where a session was ended by the attack. */
  renew(): Promise<void>;
  running(): boolean;
  close(): Promise<void>;
};

const FIRST_PORT = 24_400;

/** The server as it runs in production, with simulated upstreams, on this machine's loopback. */
export async function startFuzzWorld(seed: number): Promise<FuzzWorld> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-fuzz-'));
  const clean = () => rmSync(scratch, { recursive: true, force: true });
  process.once('exit', clean);
  const dataDir = path.join(scratch, 'data');
  mkdirSync(dataDir);
  const simulator = await startSimulator(['--seed', String(seed)], path.join(scratch, 'upstreams.env'));
  const port = await freePort(FIRST_PORT);
  const url = `http://127.0.0.1:${port}`;
  const own = {
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    TRUST_PROXY: '1',
    NODE_ENV: 'production',
    SESSION_SECRET: 'SECRET-of-the-fuzz’s-own-sessions',
    LOG_LEVEL: 'debug',
  };
  const server = startNode('server/src/main.ts', [], { ...simulator.env, ...own }, 'server');
  let log = '';
  server.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await waitFor('the server', () => answers(`${url}/readyz`), server);

  const accounts = roles.map((role) => ({ role, account: accountOf(simulator.env, role) }));
  const waysIn: WayIn[] = [{ name: 'signed out', harmless: true, headers: {} }];
  const sessions: { account: Account; way: WayIn }[] = [];
  for (const { role, account } of accounts) {
    const api = await signIn(url, account);
    const made = await api.call('POST', '/api/access-tokens', { name: 'fuzz', role, expiresInDays: 1 });
    const { token } = made.body as { token: string };
    const harmless = role !== 'admin';
    const way = { name: `${role}’s session`, harmless, headers: api.headers };
    sessions.push({ account, way });
    waysIn.push(
      way,
      { name: `${role}’s token`, harmless, headers: { authorization: `Bearer ${token}` } },
      {
        name: `${role}’s session, forged`,
        harmless,
        headers: { ...api.headers, cookie: forged(api.headers['cookie']) },
      },
    );
    if (role !== 'viewer') await makeThings(api, simulator.env);
  }
  const admin = await signIn(url, accountOf(simulator.env, 'admin'));
  const document = (await admin.call('GET', '/api/openapi.json')).body as Document;
  const secrets = Object.entries(simulator.env).filter(([name]) => /TOKEN|KEY|SECRET/.test(name));

  return {
    port,
    document,
    waysIn,
    ids: await idsOf(admin),
    canaries: [
      'SECRET-',
      ...secrets.map(([, value]) => value).filter((value) => value.length >= 12),
      ...accounts.map(({ account }) => account.password),
    ],
    takeLog() {
      const taken = log;
      log = '';
      return taken;
    },
    memoryMB() {
      if (process.platform !== 'linux') return null;
      const [, kB = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? [];
      return Number(kB) / 1024;
    },
    async renew() {
      for (const { account, way } of sessions) {
        const { status } = await fetch(`${url}/api/session`, { headers: way.headers });
        if (status === 401) way.headers = (await signIn(url, account)).headers;
      }
    },
    running: () => server.exitCode === null && server.signalCode === null,
    async close() {
      await stop(server);
      await stop(simulator.child);
      clean();
      process.off('exit', clean);
    },
  };
}

/** Another letter in the middle. */
function forged(cookie = ''): string {
  const middle = cookie.length - 20;
  return cookie.slice(0, middle) + (cookie[middle] === 'A' ? 'B' : 'A') + cookie.slice(middle + 1);
}

/** Something of one's own that others may not touch. */
async function makeThings(api: Api, env: Record<string, string>): Promise<void> {
  const containerId = env['SIM_FUNCTION_CONTAINER'] ?? '';
  await api.call('POST', '/api/claims', { containerId, spawn: {} });
  await api.call('POST', '/api/claim-batches', { containerId, count: 2, concurrency: 1 });
  await api.call('POST', '/api/bookings', { type: 'null', reserve: true });
}

async function idsOf(api: Api): Promise<string[]> {
  const lists = [
    'claims?state=all',
    'claim-batches',
    'bookings?state=all',
    'robots/deployments',
    'functions',
    'topology',
  ];
  const found = new Set<string>();
  for (const list of lists) {
    const { body } = await api.call('GET', `/api/${list}`);
    for (const [id] of JSON.stringify(body).matchAll(
      /\b([0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g,
    ))
      found.add(id);
  }
  return [...found].slice(0, 300);
}
