import { EventEmitter } from 'node:events';

import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';

import { createShutdown, handleSignals } from './lifecycle.ts';

const logger = pino({ level: 'silent' });

describe('the shutdown', () => {
  it('runs its steps in order, once, and exits 0', async () => {
    const ran: string[] = [];
    const exit = vi.fn<(code: number) => void>();
    const steps = ['first', 'second'].map((name) => ({ name, run: () => void ran.push(name) }));
    const shutdown = createShutdown({ steps, logger, exit });
    await Promise.all([shutdown('SIGTERM'), shutdown('SIGINT')]);
    expect(ran).toEqual(['first', 'second']);
    expect(exit.mock.calls).toEqual([[0]]);
  });

  it('goes on after a step that fails, and exits 1', async () => {
    const ran: string[] = [];
    const exit = vi.fn<(code: number) => void>();
    const failing = { name: 'failing', run: () => Promise.reject(new Error('no')) };
    const last = { name: 'last', run: () => void ran.push('last') };
    await createShutdown({ steps: [failing, last], logger, exit })('SIGTERM');
    expect(ran).toEqual(['last']);
    expect(exit.mock.calls).toEqual([[1]]);
  });

  it('is cut short when a step hangs', async () => {
    const exit = vi.fn<(code: number) => void>();
    const hanging = { name: 'hanging', run: () => new Promise<void>(() => undefined) };
    void createShutdown({ steps: [hanging], logger, exit, forceAfterMs: 20 })('SIGTERM');
    await vi.waitFor(() => expect(exit.mock.calls).toEqual([[1]]));
  });
});

describe('signals', () => {
  it('shut down in order; a failure nobody caught ends at once with 1', () => {
    const target = new EventEmitter();
    const shutdown = vi.fn<(why: string) => Promise<void>>().mockResolvedValue();
    const exit = vi.fn<(code: number) => void>();
    handleSignals(target, { shutdown, logger, exit });
    target.emit('SIGTERM');
    expect(shutdown.mock.calls).toEqual([['SIGTERM']]);
    target.emit('unhandledRejection', new Error('nobody'));
    expect(exit.mock.calls).toEqual([[1]]);
  });
});
