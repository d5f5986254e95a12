import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { ProxiedUpstream } from '../../shared/src/catalogue.ts';
import { paths } from '../../shared/src/paths.ts';
import { accountOf } from '../lib/accounts.ts';
import { answers, freePort, startNode, startSimulator, stop, waitFor } from '../lib/processes.ts';

export type Answer = { status: number; headers: Headers; json: unknown };
export type Call = { method: string; path: string; body?: unknown };
/** `GET /v1/environment` → how often it was asked, ids folded to `:id`. */
export type Counts = Readonly<Record<string, number>>;

export type World = {
  env: Readonly<Record<string, string>>;
  /** As an admin at a browser, who confirms that it is them where that is asked for. */
  ask(call: Call): Promise<Answer>;
  /** By the VPN's password, as somebody else. */
  signInAnother(): Promise<Answer>;
  /** The upstream itself, past the product. */
  askUpstream(upstream: ProxiedUpstream, call: Call): Promise<Answer>;
  /** What the upstreams were asked, by anybody. */
  counts(): Promise<Record<ProxiedUpstream, Counts>>;
  /** A rerobots token of the account that is in use nowhere. */
  issueRobotToken(): Promise<string>;
  close(): Promise<void>;
};

const FIRST_PORT = 24_800;
/** Robots start in seconds. */
const SPEED = '10';

/** The server as it runs in production, over the simulated upstreams. */
export async function startWorld(): Promise<World> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-operations-'));
  const dataDir = path.join(scratch, 'data');
  mkdirSync(dataDir);
  const simulator = await startSimulator(
    ['--seed', '7', '--speed', SPEED],
    path.join(scratch, 'upstreams.env'),
  );
  const { env } = simulator;
  const port = await freePort(FIRST_PORT);
  const url = `http://127.0.0.1:${port}`;
  const own = { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, SESSION_SECRET: 's'.repeat(40) };
  const server = startNode('server/src/main.ts', [], { ...env, ...own }, 'server');
  await waitFor('the server', () => answers(`${url}/readyz`), server);
  const session = await signIn(url, accountOf(env, 'admin'));
  const control = env['SIM_CONTROL_URL'] ?? '';
  return {
    env,
    async ask({ method, path: at, body }) {
      const answer = await send(url + at, method, session, body);
      if (!isConfirmationNeeded(answer)) return answer;
      const { password } = accountOf(env, 'admin');
      await send(url + paths.sessionConfirm(), 'POST', session, { with: 'password', password });
      return send(url + at, method, session, body);
    },
    signInAnother: () => send(url + paths.session(), 'POST', {}, accountOf(env, 'operator')),
    askUpstream: (upstream, call) => askUpstream(env, upstream, call),
    async counts() {
      const { json } = await send(`${control}/state`, 'GET', {}, undefined);
      return (json as { requests: Record<ProxiedUpstream, Counts> }).requests;
    },
    async issueRobotToken() {
      const { json } = await send(`${control}/robot-tokens`, 'POST', {}, undefined);
      return (json as { token: string }).token;
    },
    async close() {
      await stop(server);
      await stop(simulator.child);
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function isConfirmationNeeded({ json }: Answer): boolean {
  const { error } = (json ?? {}) as { error?: { code?: string } };
  return error?.code === 'confirmation-needed';
}

async function signIn(url: string, account: object): Promise<Record<string, string>> {
  const answer = await send(url + paths.session(), 'POST', {}, account);
  const { csrfToken } = answer.json as { csrfToken: string };
  const [cookie = ''] = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
  return { cookie, 'x-csrf-token': csrfToken };
}

async function send(url: string, method: string, headers: object, body: unknown): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  return { status: answer.status, headers: answer.headers, json: parsed(await answer.text()) };
}

async function askUpstream(
  env: Readonly<Record<string, string>>,
  upstream: ProxiedUpstream,
  { method, path: at, body }: Call,
): Promise<Answer> {
  const [host = '127.0.0.1'] = (env['SCHEDULER_ADDRESSES'] ?? '').split(',');
  switch (upstream) {
    case 'cycle':
      return overSocket(env['CYCLE_API_SOCKET'] ?? '', at, env['CYCLE_API_TOKEN'] ?? '');
    case 'scheduler': {
      const { port } = new URL(env['SCHEDULER_URL'] ?? '');
      const headers = { 'x-cycle-access-key': env['SCHEDULER_ACCESS_KEY'] ?? '' };
      return send(`http://${host}:${port}${at}`, method, headers, body);
    }
    case 'rerobots': {
      const headers = { authorization: `Bearer ${env['REROBOTS_API_TOKEN']}` };
      return send(`${env['REROBOTS_API_URL']}${at}`, method, headers, body);
    }
    default: {
      const headers = {
        authorization: `Bearer ${env['CYCLE_PLATFORM_API_KEY']}`,
        'x-hub-id': env['CYCLE_HUB_ID'],
      };
      return send(`${env['CYCLE_PLATFORM_URL']}${at}`, method, headers, body);
    }
  }
}

function overSocket(socketPath: string, at: string, token: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: at, headers: { 'x-cycle-token': token } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(),
          json: parsed(Buffer.concat(chunks).toString()),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
