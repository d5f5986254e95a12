import type { ConsoleResponse } from '@cyclorama/shared/output.ts';
import { manualClock, startSimulator } from '@cyclorama/simulator';
import type { Simulator } from '@cyclorama/simulator';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../../lib/clock.ts';
import type { UpstreamError } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import { createPlatformClient } from '../../../upstream/cycle-platform/client.ts';
import type { PlatformClient } from '../../../upstream/cycle-platform/client.ts';
import { createUpstreamHealth } from '../../../upstream/health.ts';
import { createConsoleService } from './service.ts';
import type { ConsoleService } from './service.ts';

let simulator: Simulator;
let clock: ReturnType<typeof manualClock>;
let client: PlatformClient;
let consoles: ConsoleService;
let instance: { id: string; containerId: string };
const log: string[] = [];

beforeEach(async () => {
  clock = manualClock();
  simulator = await startSimulator({ clock, seed: 5 });
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }) as Logger;
  client = createPlatformClient({
    url: simulator.env['CYCLE_PLATFORM_URL'] ?? '',
    apiKey: simulator.env['CYCLE_PLATFORM_API_KEY'] ?? '',
    hubId: simulator.env['CYCLE_HUB_ID'] ?? '',
    health: createUpstreamHealth({ name: 'platform', label: 'x', configured: true, clock: systemClock }),
    logger,
    clock: systemClock,
  });
  let made = 0;
  const { instances } = simulator.live.world;
  consoles = createConsoleService({
    platform: client,
    containerOf: (id) => instances.get(id)?.containerId ?? null,
    newId: () => String((made += 1)),
    idleMs: 50,
  });
  const [running] = [...instances.values()].filter(({ state }) => state === 'running');
  if (running === undefined) throw new Error('nothing runs in this world');
  instance = running;
});
afterEach(async () => {
  consoles.endRequests();
  await consoles.stop();
  await client.close();
  await simulator.close();
});

type Shown = { answer: ConsoleResponse; text: string };

/** As the page does: what came is added until `text` holds what is awaited. */
async function watch(until: (shown: Shown) => boolean, from?: Shown): Promise<Shown> {
  let shown = from;
  for (;;) {
    const answer = await consoles.read(instance.id, shown?.answer.after);
    shown = { answer, text: answer.isReset ? answer.text : (shown?.text ?? '') + answer.text };
    if (until(shown)) return shown;
  }
}
const isLive = ({ answer }: Shown): boolean => answer.state === 'live' && answer.text !== '';
const write = (message: string): void => {
  clock.advance(1);
  simulator.happen({ kind: 'output.write', id: instance.id, message });
  clock.advance(250);
};

describe('a console', () => {
  it('shows the last 128 kB, then what is written, however it is split between frames', async () => {
    const long = 'ä'.repeat(30);
    for (let count = 0; count < 3_000; count += 1)
      simulator.happen({ kind: 'output.write', id: instance.id, message: `${count} ${long}\n` });
    const first = await watch((shown) => isLive(shown) && shown.text.includes('2999 '));
    expect(first.text.length).toBeLessThanOrEqual(128 * 1024);
    expect(first.text).toContain(`\n2998 ${long}\n2999 ${long}\n`);
    expect(first.text).not.toContain('\n10 ä');
    write('\u001B[31mredis');
    const second = await watch(({ answer }) => answer.partial !== '', first);
    expect([second.answer.isReset, second.answer.partial, second.text]).toEqual([false, 'redis', first.text]);
    write('://user:pass@host\u001B[0m\u0007\r\n');
    const third = await watch(({ text }) => text.length > first.text.length, second);
    expect(third.text.slice(first.text.length)).toBe(`redis://host${String.raw`\x07`}\n`);
    expect(third.answer.partial).toBe('');
  });

  it('is one connection for all who look, and none when nobody does', async () => {
    await Promise.all([watch(isLive), watch(isLive), watch(isLive)]);
    expect(simulator.consoles()).toBe(1);
    await expect.poll(() => simulator.consoles(), { timeout: 10_000 }).toBe(0);
    await watch(isLive);
    expect(simulator.consoles()).toBe(1);
  });

  it('begins anew when it breaks off, and says so meanwhile', async () => {
    const first = await watch(isLive);
    const undo = simulator.fail({ api: 'platform', kind: 'drop-websocket' });
    const broken = await watch(({ answer }) => answer.state === 'reconnecting', first);
    expect([broken.answer.reason, broken.text]).toEqual(['The console broke off.', first.text]);
    undo();
    const back = await watch(isLive, broken);
    expect(back.answer.isReset).toBe(true);
    expect(back.text).toBe(first.text);
  });

  it('waits for the API while that fails, and tells why', async () => {
    const undo = simulator.fail({ api: 'platform', kind: 'status', status: 500 });
    const failing = await watch(({ answer }) => answer.state === 'reconnecting');
    expect(failing.answer.reason).toContain('failed (500)');
    undo();
    await watch(isLive, failing);
  });

  it('shows whatever the other side sends, as text', async () => {
    simulator.fail({ api: 'platform', kind: 'garbage-websocket', body: '\u001B]0;\u0000<script>\n' });
    const shown = await watch(({ text }) => text.includes('<script>'));
    expect(shown.text).toContain(String.raw`0;\x00<script>`);
  });

  it('names the capability that the API key lacks, and is there once it has it', async () => {
    simulator.happen({ kind: 'capabilities.set', capabilities: ['monitor-view'] });
    const refusal = await watch(() => false).catch((error: unknown) => error as UpstreamError);
    expect(refusal).toMatchObject({
      fault: 'refused',
      message: "The API key of Cycle's public API lacks the capability containers-console.",
    });
    simulator.happen({ kind: 'capabilities.set', capabilities: null });
    await expect
      .poll(
        () =>
          consoles.read(instance.id, undefined).then(
            () => true,
            () => false,
          ),
        // A refusal answers for five seconds.
        { timeout: 20_000 },
      )
      .toBe(true);
    await watch(isLive);
  });

  it('lets its token into no log, and ends those who wait when the dashboard stops', async () => {
    const shown = await watch(isLive);
    const waiting = consoles.read(instance.id, shown.answer.after);
    consoles.endRequests();
    expect((await waiting).text).toBe('');
    await expect(consoles.read(instance.id, undefined)).rejects.toMatchObject({ code: 'shutting-down' });
    await expect(consoles.read('f'.repeat(24), undefined)).rejects.toMatchObject({ code: 'not-found' });
    expect(log.join('')).not.toMatch(/token=|console[-_][0-9a-f]/);
  });
});
