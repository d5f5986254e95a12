import type { Claim } from '@cyclorama/shared/claims.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { describeError } from '../../../http/errors.ts';
import { oscar } from '../../../testing/builders/people.ts';
import { claimsBench } from './claims.fixture.ts';
import type { ClaimsBench } from './claims.fixture.ts';
import type { ClaimsService } from './service.ts';

type Verb = 'claim' | 'spawn' | 'release';
type Fault = Omit<Parameters<ClaimsBench['simulator']['fail']>[0], 'api' | 'match'>;
type Troubled = { claims?: ClaimsService; containerId?: string; over?: () => void };
/** Makes the next call fail: by a scheduler fault or a misconfigured service. */
type Trouble = (verb: Verb) => Troubled | Promise<Troubled>;

const PATIENCE_MS = 300;
let bench: ClaimsBench;
let claims: ClaimsService;
beforeEach(async () => {
  bench = await claimsBench({ claimPatienceMs: PATIENCE_MS, writeTimeoutMs: PATIENCE_MS });
  claims = bench.serve();
});
afterEach(() => bench.close());

const faulty =
  (fault: Fault): Trouble =>
  (verb) => {
    const match = { method: 'POST', pathPrefix: `/v1/functions/${bench.containerId}/${verb}` };
    return { over: bench.simulator.fail({ api: 'scheduler', match, ...fault }) };
  };
/** The environment lists it as a function container, but the scheduler does not. */
const noFunction: (id: () => string) => Trouble = (id) => () => {
  const [known] = bench.directory.containers();
  if (known) bench.directory.containers().push({ ...known, containerId: id() });
  return { containerId: id() };
};
const plainContainer = () => {
  const all = [...bench.simulator.live.world.containers.values()];
  return all.find(({ functionLimits }) => !functionLimits)?.id ?? '';
};
const noContainer = 'f'.repeat(24);
const down: Trouble = () => ({ claims: bench.serve({ url: 'http://localhost:9' }) });
const wrongKey: Trouble = () => ({ claims: bench.serve({ accessKey: 'not-the-key' }) });
const shortToken: Trouble = () => ({ claims: bench.serve({ newToken: () => 'four' }) });
const emptyPool: Trouble = async () => {
  const container = bench.simulator.live.world.containers.get(bench.containerId);
  if (container?.functionLimits) container.functionLimits.maxQueueTime = '1s';
  const { containerId } = bench;
  const turning = setInterval(() => bench.clock.advance(500), 5);
  const use = () => claims.request({ containerId, spawn: { environmentVariables: {} } }, oscar);
  while (await use().catch(() => null));
  return { over: () => clearInterval(turning) };
};

const askAdmin = 'Ask an admin to check SCHEDULER_ACCESS_KEY.';
const mayBeSetAside =
  'If an instance was assigned, it goes back to the pool by itself within seconds. Then claim again.';
const checking = 'Cyclorama is checking whether the instance started; do not spawn again.';
const retried = 'Cyclorama retries the release until it is done.';
const refusedKey = "Cycle's scheduler refused our access key.";
const noCalls = "Cycle's scheduler allows no more calls for now.";
const noConnection = "Cycle's scheduler does not answer (connection refused).";

const poolInUse =
  "Cycle's scheduler has no free instance in this pool. Nothing was claimed. Claim again when one is released, or raise the pool’s size.";

type Row = [
  name: string,
  trouble: Trouble,
  verb: Verb,
  /** Of the API's response. A call with an uncertain outcome returns the claim. */
  status: number,
  /** Of the error, or of the claim's failure if the claim is returned. */
  code: string | null,
  sentence: string | null,
  /** In the ledger at once, and after everything has settled; null: nothing was written. */
  state: Claim['state'] | null,
  end: Claim['state'] | null,
];
const open = (name: string, fault: Fault, code: string, message: string): Row[] => [
  [name, faulty(fault), 'claim', 201, code, `${message} ${mayBeSetAside}`, 'requested', 'expired'],
  [name, faulty(fault), 'spawn', 200, code, `${message} ${checking}`, 'spawning', 'expired'],
  [name, faulty(fault), 'release', 200, code, `${message} ${retried}`, 'releasing', 'released'],
];
const certain = (
  name: string,
  trouble: Trouble,
  [status, code, message]: [number, string, string],
  next: Record<Verb, string>,
): Row[] => [
  [
    name,
    trouble,
    'claim',
    status,
    code,
    `${message} Nothing was claimed. ${next.claim}`,
    'refused',
    'refused',
  ],
  [
    name,
    trouble,
    'spawn',
    status,
    code,
    `${message} Nothing was started. ${next.spawn}`,
    'claimed',
    'expired',
  ],
  [
    name,
    trouble,
    'release',
    status,
    code,
    `${message} Nothing was released. ${next.release}`,
    'running',
    'running',
  ],
];
const afterwards = (words: string) => ({
  claim: `${words} claim again.`,
  spawn: `${words} spawn again within the ten seconds.`,
  release: `${words} release again.`,
});
const always = (words: string) => ({ claim: words, spawn: words, release: words });

const cut = "Cycle's scheduler broke off in the middle of its answer.";
const rows: Row[] = [
  ...certain('down', down, [502, 'upstream-unavailable', noConnection], afterwards('When it answers again,')),
  ...open(
    'gone',
    { kind: 'refuse' },
    'unreachable',
    "Cycle's scheduler does not answer (connection closed).",
  ),
  ...open('slow', { kind: 'delay', ms: 900 }, 'timeout', "Cycle's scheduler did not answer in time."),
  ['cut', faulty({ kind: 'cut' }), 'claim', 201, 'cut', `${cut} ${mayBeSetAside}`, 'requested', 'expired'],
  ['cut', faulty({ kind: 'cut' }), 'spawn', 200, null, null, 'running', 'running'],
  ['cut', faulty({ kind: 'cut' }), 'release', 200, 'cut', `${cut} ${retried}`, 'releasing', 'released'],
  ...open(
    'wrong JSON',
    { kind: 'wrong-json' },
    'invalid',
    "Cycle's scheduler sent an answer that is not valid JSON.",
  ),
  ...open('500', { kind: 'status', status: 500 }, 'failed', "Cycle's scheduler failed (500)."),
  ...certain(
    '429',
    faulty({ kind: 'throttle' }),
    [429, 'upstream-rate-limited', noCalls],
    afterwards('Wait a moment, then'),
  ),
  ...certain('wrong key, 401', wrongKey, [502, 'upstream-refused', refusedKey], always(askAdmin)),
  ...certain(
    'key refused, empty 403',
    faulty({ kind: 'empty-403' }),
    [502, 'upstream-refused', refusedKey],
    always(askAdmin),
  ),
  [
    'short token',
    shortToken,
    'claim',
    422,
    'upstream-refused',
    "Cycle's scheduler refused the request: Invalid Argument. Nothing was claimed. The scheduler rejected the request as invalid; tell your admin.",
    'refused',
    'refused',
  ],
  [
    'unknown container',
    () => ({ containerId: noContainer }),
    'claim',
    404,
    'not-found',
    'There is no function container with this id.',
    null,
    null,
  ],
  [
    'container gone meanwhile',
    noFunction(() => noContainer),
    'claim',
    404,
    'upstream-refused',
    "Cycle's scheduler refused the request: Container. Nothing was claimed. The container is gone; choose another one.",
    'refused',
    'refused',
  ],
  [
    'no function container',
    () => ({ containerId: plainContainer() }),
    'claim',
    404,
    'not-found',
    'There is no function container with this id.',
    null,
    null,
  ],
  [
    'no function container any more',
    noFunction(plainContainer),
    'claim',
    422,
    'upstream-refused',
    "Cycle's scheduler refused the request: Not Compatible. Nothing was claimed. The container holds no functions; choose another one.",
    'refused',
    'refused',
  ],
  [
    'pool in use',
    emptyPool,
    'claim',
    502,
    'upstream-refused',
    'Every instance of Render is in use.',
    'refused',
    'refused',
  ],
];

const prepare = async (verb: Verb): Promise<string> => {
  const { containerId } = bench;
  if (verb === 'claim') return '';
  const spawn = verb === 'release' ? { spawn: { environmentVariables: {} } } : {};
  return (await claims.request({ containerId, ...spawn }, oscar)).id;
};
const answerOf = async (verb: Verb, id: string, { claims: by = claims, containerId }: Troubled) => {
  try {
    if (verb === 'claim') {
      const { failure } = await by.request({ containerId: containerId ?? bench.containerId }, oscar);
      return { status: 201, code: failure?.code ?? null, sentence: failure?.message ?? null };
    }
    const { failure } = await (verb === 'spawn' ? by.spawn(id, {}, oscar) : by.release(id, oscar));
    return { status: 200, code: failure?.code ?? null, sentence: failure?.message ?? null };
  } catch (error) {
    const described = describeError(error);
    return { status: described?.status, code: described?.error.code, sentence: described?.error.message };
  }
};
const newest = async () => (await claims.list({ state: 'all', limit: 1 })).claims[0] ?? null;
const settle = async () => {
  for (let second = 0; second < 30; second += 1) {
    bench.clock.advance(1_000);
    await claims.tick();
  }
};

it.each(rows)('%s (%#)', async (_name, trouble, verb, status, code, sentence, state, end) => {
  const id = await prepare(verb);
  const troubled = await trouble(verb);
  const answer = await answerOf(verb, id, troubled);
  troubled.over?.();
  expect(answer).toEqual({ status, code, sentence });
  const at = await newest();
  expect(at?.state ?? null).toBe(state);
  // The stored failure is the caller's; only for a pool in use does it say more.
  const kept = at === null ? sentence : (at.failure?.message ?? null);
  expect([sentence, poolInUse]).toContain(kept);
  await settle();
  expect((await newest())?.state ?? null).toBe(end);
  const given = await claims.releaseMine(undefined, oscar);
  expect(given.failed).toBe(0);
  const held = bench.simulator.live.pool.leases().filter(({ token }) => bench.tokens.includes(token));
  expect(held).toEqual([]);
  for (const message of [...bench.log, ...bench.events]) {
    for (const token of bench.tokens) expect(message).not.toContain(token);
  }
});
