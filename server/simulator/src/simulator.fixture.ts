import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';

import { onTestFinished } from 'vitest';

import type { Simulator, SimulatorOptions } from './index.ts';
import { manualClock, startSimulator } from './index.ts';

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string; json: Json };
export type Json = ReturnType<typeof JSON.parse>;
export type Call = {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  raw?: string;
  signal?: AbortSignal;
  onHeaders?: (headers: IncomingHttpHeaders) => void;
  onBytes?: (count: number) => void;
};

export async function startStill(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ clock: manualClock(), ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

export function exchange(
  target: { socketPath?: string; url?: string; path: string },
  call: Call,
): Promise<Answer> {
  const payload = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  return new Promise((resolve, reject) => {
    const options = {
      method: call.method ?? 'GET',
      headers: call.headers ?? {},
      ...(call.signal ? { signal: call.signal } : {}),
    };
    const sent = target.socketPath
      ? request({ ...options, socketPath: target.socketPath, path: target.path })
      : request(`${target.url}${target.path}`, options);
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      call.onHeaders?.(response.headers);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        call.onBytes?.(chunk.length);
      });
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) });
      });
    });
    sent.end(payload);
  });
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function cycle({ env }: Simulator, path: string, call: Call = {}): Promise<Answer> {
  const headers = call.headers ?? { 'x-cycle-token': env.CYCLE_API_TOKEN ?? '' };
  return exchange({ socketPath: env.CYCLE_API_SOCKET ?? '', path }, { ...call, headers });
}

export function scheduler(
  { env }: Simulator,
  verb: string,
  call: Call & { shard?: number; container?: string } = {},
): Promise<Answer> {
  const { port } = new URL(env.SCHEDULER_URL ?? '');
  const container = call.container ?? env.SIM_FUNCTION_CONTAINER;
  return exchange(
    { url: `http://127.0.0.${(call.shard ?? 0) + 1}:${port}`, path: `/v1/functions/${container}/${verb}` },
    {
      method: verb === 'active' ? 'GET' : 'POST',
      headers: { 'x-cycle-access-key': env.SCHEDULER_ACCESS_KEY ?? '' },
      ...call,
    },
  );
}

export function platform({ env }: Simulator, path: string, call: Call = {}): Promise<Answer> {
  const headers = call.headers ?? {
    authorization: `Bearer ${env.CYCLE_PLATFORM_API_KEY}`,
    'x-hub-id': env.CYCLE_HUB_ID ?? '',
  };
  return exchange({ url: env.CYCLE_PLATFORM_URL ?? '', path }, { ...call, headers });
}

export function rerobots({ env }: Simulator, path: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${env.REROBOTS_API_TOKEN}` };
  return exchange({ url: env.REROBOTS_API_URL ?? '', path }, { headers });
}

export function control({ env }: Simulator, path: string, call: Call = {}): Promise<Answer> {
  return exchange({ url: env.SIM_CONTROL_URL ?? '', path }, call);
}

export function containerId({ live }: Simulator, identifier: string): string {
  const found = [...live.world.containers.values()].find((container) => container.identifier === identifier);
  if (!found) throw new Error(`expected a container ${identifier}`);
  return found.id;
}

export async function instancesOf(simulator: Simulator, identifier: string): Promise<Json[]> {
  const id = containerId(simulator, identifier);
  return (await cycle(simulator, `/v1/container/instances?container-id=${id}`)).json.data;
}
