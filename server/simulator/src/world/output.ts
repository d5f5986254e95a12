import { createHash } from 'node:crypto';

import type { Instance, Output, OutputLine } from './types.ts';
import type { World } from './world.ts';

const LINE_EVERY_MS = 4_000;

export const createOutput = (): Output => ({
  written: new Map(),
  chatty: true,
  aggregated: true,
  keeps: 'newest',
});

/** Oldest first, `from` and `to` included. */
export function linesOf(world: World, instance: Instance, from: number, to: number): OutputLine[] {
  const { written, chatty } = world.output;
  const byHand = (written.get(instance.id) ?? []).filter(({ at }) => at >= from && at <= to);
  return [...(chatty ? usual(instance, from, to) : []), ...byHand].sort((a, b) => a.at - b.at);
}

export function writeLine(world: World, id: string, line: Omit<OutputLine, 'at'>): void {
  const lines = world.output.written.get(id) ?? [];
  world.output.written.set(id, [...lines, { ...line, at: world.clock.now() }]);
}

function usual(instance: Instance, from: number, to: number): OutputLine[] {
  const lines: OutputLine[] = [];
  const until = instance.state === 'running' ? to : Math.min(to, instance.stateChangedAt);
  const first = Math.max(from, instance.startedAt ?? Number.POSITIVE_INFINITY);
  for (let slot = Math.ceil(first / LINE_EVERY_MS); slot * LINE_EVERY_MS <= until; slot += 1)
    lines.push(lineAt(instance, slot));
  return lines;
}

const ROUTES = ['/v1/orders', '/v1/orders/42', '/v1/stock', '/healthz', '/v1/carts'];

function lineAt({ id }: Instance, slot: number): OutputLine {
  const digest = createHash('sha256').update(`${id} ${slot}`).digest();
  const [dice = 0, route = 0, took = 0, worker = 0] = digest;
  const at = slot * LINE_EVERY_MS;
  if (dice < 12)
    return {
      at,
      source: 'stderr',
      message: `\u001B[31merror\u001B[0m upstream timed out after ${took * 10} ms, attempt ${1 + (worker % 3)}\r\n`,
    };
  if (dice < 60)
    return { at, source: 'stdout', message: `\u001B[36minfo\u001B[39m worker ${worker % 8} took a job\n` };
  const status = dice > 248 ? 500 : dice > 236 ? 404 : 200;
  return { at, source: 'stdout', message: `GET ${ROUTES[route % ROUTES.length]} ${status} ${took} ms\n` };
}
