import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { manualClock } from '../clock.ts';
import { createRandom } from '../random.ts';
import { createRerobots } from './index.ts';
import type { RerobotsOptions } from './index.ts';

type Info = { type: string; region: string; queuelen: number; icounter: number; created: string };

export type Body = Info & {
  id: string;
  success: boolean;
  sshkey: string;
  key: string;
  status: string;
  starttime: string;
  expires: string;
  endtime: string;
  len: number;
  error: string;
  error_message: string;
  page_count: number;
  workspace_types: string[];
  workspace_deployments: string[];
  workspace_instances: string[];
  info: Record<string, Info>;
  wdinfo: Info & { id: string };
  reservations: { id: string }[];
  rules: unknown[];
  rule_id: number;
  fwd: { ipv4: string; port: number };
  hostkeys: string[];
  vpn: object;
  clients: string[];
  client_id: string;
  ovpn: string;
  pid: string;
  data: string;
  online: boolean | undefined;
  lockout: boolean;
};

export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  text: string;
  /** Parsed body; an empty object where the answer is no JSON. */
  json: Body;
};

export type CallOptions = {
  token?: string | null;
  body?: unknown;
  raw?: string;
  from?: string;
  origin?: string;
  accept?: string;
};

export async function startRerobots(options: Partial<RerobotsOptions> = {}, seed = 11) {
  const clock = manualClock();
  const robots = await createRerobots({
    clock,
    random: createRandom(seed),
    profile: 'observed',
    scenario: 'healthy',
    ...options,
  });
  const server = createServer((request, response) => robots.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { token = robots.token, body, raw, from, origin, accept } = options;
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, method, path, agent: false });
      if (token !== null) request.setHeader('authorization', `Bearer ${token}`);
      if (from !== undefined) request.setHeader('x-forwarded-for', from);
      if (origin !== undefined) request.setHeader('origin', origin);
      if (accept !== undefined) request.setHeader('accept', accept);
      request.on('error', reject);
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const isJson = text.startsWith('{') || text.startsWith('[');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            text,
            json: JSON.parse(isJson ? text : '{}') as Body,
          });
        });
      });
      request.end(payload);
    });
  }

  /** Advances the clock by half-seconds until the answer has come. */
  async function turningClock<T>(answer: Promise<T>): Promise<T> {
    const state = { settled: false };
    const done = answer.finally(() => (state.settled = true));
    while (!state.settled) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      clock.advance(500);
    }
    return done;
  }

  return {
    ...robots,
    clock,
    call,
    turningClock,
    get: (path: string, options?: CallOptions) => call('GET', path, options),
    post: (path: string, body?: unknown, options?: CallOptions) => call('POST', path, { body, ...options }),
    /** Id of a deployment of that type which nobody uses. */
    async freeDeployment(type = 'basic_kobuki'): Promise<string> {
      const { json } = await call('GET', `/deployments/${type}?maxlen=0`);
      return json.workspace_deployments[0] ?? '';
    },
    async status(id: string): Promise<string> {
      return (await call('GET', `/instance/${id}`)).json.status;
    },
    /** Launches, and advances the clock until the instance is READY. */
    async readyInstance(deployment: string, body: object = {}, token = robots.token): Promise<string> {
      const { json } = await call('POST', `/new/${deployment}`, { body, token });
      for (let seconds = 0; seconds < 60; seconds++) {
        const found = await call('GET', `/instance/${json.id}`, { token });
        if (found.json.status === 'READY') return json.id;
        clock.advance(1_000);
      }
      throw new Error(`instance ${json.id} did not become READY in 60 s`);
    },
    async stop() {
      robots.close();
      clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type TestRerobots = Awaited<ReturnType<typeof startRerobots>>;
