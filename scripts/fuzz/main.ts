// `npm run fuzz -- [--requests N] [--seed S]`: attacks the API from its own OpenAPI document.
import { parseArgs } from 'node:util';

import { createAnswerCheck } from '../../server/src/testing/answer-check.fixture.ts';
import { exitOnSignals, optionsOrExit } from '../lib/options.ts';
import { seeded } from '../lib/random.ts';
import { canaryIn, problemOf } from './checks.ts';
import { operationsOf } from './operations.ts';
import { makeRequest } from './requests.ts';
import type { Request } from './requests.ts';
import { createSampler } from './values.ts';
import { openLine } from './wire.ts';
import { startFuzzWorld } from './world.ts';

const LANES = 4;
const RENEW_EVERY = 200;
/** Before it memory grows with what is kept once: caches, compiled code. */
const WARM_UP = 0.4;
/** Generous: short runs measure when garbage was last collected, and a leak grows with the requests. */
const MOST_GROWTH_MB = 128;
const SHOWN = 20;

function readOptions() {
  const { values } = parseArgs({
    options: { requests: { type: 'string', default: '6000' }, seed: { type: 'string', default: '1' } },
  });
  const [requests, seed] = [Number(values.requests), Number(values.seed)];
  if (!Number.isInteger(requests) || requests < 1)
    throw new Error('--requests: expected a whole number from 1');
  if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed: expected a whole number from 0');
  return { requests, seed };
}

exitOnSignals();
const { requests, seed } = optionsOrExit(readOptions);
const random = seeded(seed);
const world = await startFuzzWorld(seed);
const { document, canaries } = world;
const check = createAnswerCheck(document as unknown as Parameters<typeof createAnswerCheck>[0]);
const operations = operationsOf(document);
const sample = createSampler(document.components.schemas, world.ids);
const host = `127.0.0.1:${world.port}`;
const begun = performance.now();
const statuses = new Map<number, number>();
const problems: string[] = [];
const failed = new Set<number>();
let sent = 0;
let warm: number | null = null;

const fail = (number: number, what: string): void => {
  failed.add(number);
  if (problems.push(what) <= SHOWN) console.log(`✗ ${what}`);
};

const attack = async (number: number, request: Request, line: ReturnType<typeof openLine>): Promise<void> => {
  const exchange = await line.send(request.message);
  const problem = problemOf(request, exchange, { check, canaries });
  for (const { status } of exchange.answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  if (problem === null) return;
  fail(
    number,
    `${number}: ${request.method} ${request.target.slice(0, 160)} (${request.way}; ${request.what}): ${problem}`,
  );
};

async function lane(): Promise<void> {
  const line = openLine(world.port);
  while (sent < requests && world.running()) {
    const number = sent++;
    const request = makeRequest({ operations, waysIn: world.waysIn, sample, host }, random, number);
    await attack(number, request, line);
    if (number % RENEW_EVERY === 0) await tend(number);
  }
  line.close();
}

async function tend(number: number): Promise<void> {
  const found = logProblem(world.takeLog());
  if (found !== null) fail(number, `${number}: the log has ${found}`);
  await world.renew();
  if (warm === null && number >= requests * WARM_UP) warm = world.memoryMB();
}

function logProblem(log: string): string | null {
  return canaryIn(log, canaries) ?? /.*unexpected error.*/.exec(log)?.[0].slice(0, 400) ?? null;
}

await Promise.all(Array.from({ length: LANES }, lane));
if (!world.running()) fail(sent, 'the server has ended');
const found = logProblem(world.takeLog());
if (found !== null) fail(requests - 1, `the log has ${found}`);
const memory = world.running() ? world.memoryMB() : null;
const growth = memory === null || warm === null ? 0 : memory - warm;
if (growth > MOST_GROWTH_MB) fail(requests - 1, `memory grew by ${growth.toFixed(0)} MB after the warm-up`);
await world.close();

const byStatus = [...statuses]
  .toSorted(([one], [other]) => one - other)
  .map(([status, count]) => `${status}: ${count}`);
console.log(`\nanswers by status: ${byStatus.join(', ')}`);
if (memory !== null)
  console.log(
    `memory ${memory.toFixed(0)} MB, ${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB since the warm-up`,
  );
console.log(
  `${operations.length} operations, seed ${seed}, ${((performance.now() - begun) / 1000).toFixed(0)} s`,
);
if (problems.length > SHOWN) console.log(`${problems.length - SHOWN} more problems are not shown`);
console.log(`${sent} requests, ${sent - failed.size} passed, ${failed.size} failed`);
process.exit(failed.size > 0 ? 1 : 0);
