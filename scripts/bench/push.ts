// `npm run bench -- push [--clients 5000] [--json]`: changes to many open pages at once, beside a bare loop of writes.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { accountOf } from '../lib/accounts.ts';
import { answers, freePort, readEnvFile, startNode, stop, waitFor } from '../lib/processes.ts';
import { signIn } from '../lib/signed-in.ts';
import type { Api } from '../lib/signed-in.ts';
import { measureLimit, startClients, usageOf } from './push-parts.ts';
import type { Clients } from './push-parts.ts';

const AT_ONCE = 1_000;
const RUNS = 300;
const LIMIT_TICKS = 50;
const BATCH_WITHIN_MS = 120_000;
const ASK_EVERY_MS = 20;
const SAMPLE_EVERY_MS = 250;

type Figure = { name: string; value: number | null; unit: string; goal: string };

function readOptions(args: string[]): { clients: number; json: boolean } {
  const { values } = parseArgs({
    args,
    options: { clients: { type: 'string', default: '5000' }, json: { type: 'boolean', default: false } },
  });
  const clients = Number(values.clients);
  if (Number.isInteger(clients) && clients >= AT_ONCE && clients <= 10_000)
    return { clients, json: values.json };
  throw new Error(`--clients: expected a whole number from ${AT_ONCE} to 10000, got "${values.clients}"`);
}

/** Starts a batch and resolves once it is over. */
async function playBatch({ call }: Api, containerId: string): Promise<void> {
  const body = { containerId, count: RUNS, concurrency: 50, releaseAfterSeconds: 0 };
  const begun = Date.now();
  const { status, body: made } = await call('POST', '/api/claim-batches', body);
  if (status >= 300) throw new Error(`the batch was refused: ${JSON.stringify(made)}`);
  const { id } = made as { id: string };
  for (;;) {
    await sleep(500);
    const { body: now } = await call('GET', `/api/claim-batches/${id}`);
    const { state } = now as { state: string };
    if (state === 'done' || state === 'stopped') return;
    if (Date.now() - begun > BATCH_WITHIN_MS) throw new Error(`the batch was not over: ${state}`);
  }
}

async function watched(api: Api, pid: number, work: () => Promise<void>) {
  const waits: number[] = [];
  let most = 0;
  const over = new AbortController();
  const asking = (async () => {
    while (!over.signal.aborted) {
      const begun = performance.now();
      await api.call('GET', '/api/session');
      waits.push(performance.now() - begun);
      await sleep(ASK_EVERY_MS);
    }
  })();
  const sampler = setInterval(() => (most = Math.max(most, usageOf(pid).memory)), SAMPLE_EVERY_MS);
  try {
    await work();
  } finally {
    over.abort();
    clearInterval(sampler);
  }
  await asking;
  waits.sort((a, b) => a - b);
  return { p99: waits[Math.floor(waits.length * 0.99)] ?? Number.NaN, most };
}

async function measure(
  url: string,
  pid: number,
  env: Record<string, string>,
  clients: number,
  scratch: string,
) {
  const api = await signIn(url, accountOf(env, 'operator'));
  const containerId = env['SIM_FUNCTION_CONTAINER'] ?? '';
  await waitFor('the pool', async () => {
    const { body } = await api.call('GET', '/api/functions');
    return JSON.stringify(body).includes(containerId);
  });
  const browsers: Clients = startClients(Number(new URL(url).port), api.headers['cookie'] ?? '');
  try {
    // CPU of the claims alone, and of the first of everything.
    const idle = usageOf(pid).cpu;
    await playBatch(api, containerId);
    const alone = usageOf(pid).cpu - idle;
    const closed = usageOf(pid).cpu;
    const atOnce = await browsers.open(AT_ONCE);
    const opening = usageOf(pid).cpu - closed;
    for (let open = AT_ONCE; open < clients; open += 500) await browsers.open(Math.min(500, clients - open));
    await sleep(3_000);
    await browsers.count();
    const before = usageOf(pid);
    const begun = performance.now();
    const { p99, most } = await watched(api, pid, () => playBatch(api, containerId));
    const seconds = (performance.now() - begun) / 1000;
    const { ticks, bytes } = await browsers.count();
    const cpu = usageOf(pid).cpu - before.cpu;
    await sleep(5_000);
    const after = usageOf(pid).memory;
    const micros = ((cpu - alone) * 1e6) / ticks;
    const size = Math.round(bytes / ticks);
    const limit = await measureLimit(scratch, { clients, ticks: LIMIT_TICKS, bytes: size });
    const figures: Figure[] = [
      { name: `${AT_ONCE} connections at once`, value: atOnce.ms, unit: 'ms', goal: '≤ 400' },
      { name: 'CPU a connection', value: (opening * 1e6) / AT_ONCE, unit: 'µs', goal: '' },
      { name: 'ticks a browser a second', value: ticks / clients / seconds, unit: '/s', goal: '≤ 10' },
      { name: 'bytes a tick', value: size, unit: 'B', goal: '' },
      { name: 'deliveries', value: ticks / seconds, unit: '/s', goal: '' },
      { name: 'CPU a delivery, beyond the claims alone', value: micros, unit: 'µs', goal: '' },
      { name: 'CPU a write of a C loop', value: limit, unit: 'µs', goal: '' },
      { name: 'C loop ÷ dashboard', value: limit === null ? null : limit / micros, unit: '', goal: '≥ 0.7' },
      { name: 'memory before', value: before.memory, unit: 'MB', goal: '' },
      { name: 'memory growth at most', value: most - before.memory, unit: 'MB', goal: '≤ 150' },
      { name: 'memory growth after', value: after - before.memory, unit: 'MB', goal: '≤ 150' },
      { name: 'GET /api/session meanwhile, p99', value: p99, unit: 'ms', goal: '≤ 50' },
      { name: `batch of ${RUNS} claims`, value: seconds, unit: 's', goal: '' },
    ];
    return figures;
  } finally {
    browsers.close();
  }
}

export async function run(args: string[]): Promise<void> {
  const { clients, json } = readOptions(args);
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-bench-'));
  const envFile = path.join(scratch, 'upstreams.env');
  const simulator = startNode('scripts/bench/claims-simulator.ts', [envFile, '400', '20'], {}, 'simulator');
  await waitFor('the simulator', () => existsSync(envFile), simulator);
  const env = readEnvFile(envFile);
  const port = await freePort(23_000);
  const settings = {
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: scratch,
    LOG_LEVEL: 'error',
    STREAMS_PER_PERSON: '10000',
  };
  const server = startNode('server/src/main.ts', [], { ...env, ...settings }, 'server');
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitFor('the server', () => answers(`${url}/readyz`), server);
    const figures = await measure(url, server.pid ?? 0, env, clients, scratch);
    if (json) console.log(JSON.stringify({ clients, figures }));
    else {
      console.log(`${clients} open pages:`);
      for (const { name, value, unit, goal } of figures) {
        const shown = value === null ? 'no C compiler' : `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`;
        console.log(`  ${name.padEnd(38)} ${shown.padStart(14)}  ${goal && `goal ${goal}`}`);
      }
    }
  } finally {
    await stop(server);
    await stop(simulator);
    rmSync(scratch, { recursive: true, force: true });
  }
}
