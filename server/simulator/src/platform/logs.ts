import * as z from 'zod';

import type { Reply } from '../http/reply.ts';
import { ApiError, data } from '../http/reply.ts';
import { wireTime } from '../wire-time.ts';
import { linesOf } from '../world/output.ts';
import type { Instance, OutputLine } from '../world/types.ts';
import type { World } from '../world/world.ts';

/** Kept on the server that the instance runs on (Cycle docs, "Container Logs"). */
const KEPT_MS = 72 * 3_600_000;
const DEFAULT_LIMIT = 1_000;
const DEFAULT_CONTEXT = 5;

const id = z.string();
const query = z.object({
  scope: z.object({
    type: z.enum(['container', 'instance', 'environment']),
    ids: z.array(id).nullish(),
    date_range: z.object({ start: z.iso.datetime().optional(), end: z.iso.datetime().optional() }).nullish(),
  }),
  search: z.array(z.object({ type: z.enum(['raw', 'regexp']), match: z.string() })).optional(),
  local: z.boolean().nullish(),
  limit: z.int().min(1).nullish(),
  context_window_size: z.int().min(0).nullish(),
});

type Line = OutputLine & { instanceId: string; window?: string };

/** `POST /v1/monitoring/logs/aggregate`: lines of all instances of the scope, oldest first. */
export function aggregateLogs(world: World, body: unknown): Reply {
  const asked = query.safeParse(body);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new ApiError(422, '422.invalid-input', issue?.message ?? 'body', issue?.path.join('.'));
  }
  if (!world.output.aggregated)
    throw new ApiError(503, '503.not-enabled', 'log aggregation is not enabled in this environment');
  const { scope, search = [], limit, context_window_size: context } = asked.data;
  const now = world.clock.now();
  const from = Math.max(now - KEPT_MS, Date.parse(scope.date_range?.start ?? '') || 0);
  const to = Math.min(now, Date.parse(scope.date_range?.end ?? '') || now);
  const all = instancesIn(world, scope).flatMap((instance) =>
    windowed(linesOf(world, instance, from, to), search.map(matcher), context ?? DEFAULT_CONTEXT).map(
      (line): Line => ({ ...line, instanceId: instance.id }),
    ),
  );
  const sorted = all.sort((a, b) => a.at - b.at);
  const most = limit ?? DEFAULT_LIMIT;
  const kept = world.output.keeps === 'newest' ? sorted.slice(-most) : sorted.slice(0, most);
  return data(
    kept.map(({ at, source, message, instanceId, window }) => ({
      time: wireTime(at),
      source,
      message,
      instance_id: instanceId,
      ...(window === undefined ? {} : { context_window: window }),
    })),
  );
}

function instancesIn(world: World, { type, ids }: z.infer<typeof query>['scope']): Instance[] {
  const all = [...world.instances.values()];
  const named = (name: (instance: Instance) => string) =>
    ids == null ? all : all.filter((instance) => ids.includes(name(instance)));
  if (type === 'instance') return named((instance) => instance.id);
  return named((instance) => (type === 'container' ? instance.containerId : instance.environmentId));
}

/** Each match with the lines after it, under one id of their own. */
function windowed(
  lines: OutputLine[],
  matchers: ((message: string) => boolean)[],
  context: number,
): (OutputLine & { window?: string })[] {
  if (matchers.length === 0) return lines;
  let left = 0;
  let window = '';
  return lines.flatMap((line) => {
    if (matchers.every((matches) => matches(line.message))) {
      window = `window-${line.at}`;
      left = context;
    } else if (left > 0) left -= 1;
    else return [];
    return [{ ...line, window }];
  });
}

/** The platform is written in Go, whose expressions know no look-around and no back references. */
const NOT_IN_GO = /\(\?[=!<]|\\[1-9]/;

function matcher({ type, match }: { type: 'raw' | 'regexp'; match: string }): (message: string) => boolean {
  if (type === 'raw') return (message) => message.includes(match);
  try {
    if (NOT_IN_GO.test(match)) throw new SyntaxError('not a Go expression');
    const isFree = match.startsWith('(?i)');
    const expression = new RegExp(isFree ? match.slice(4) : match, isFree ? 'i' : '');
    return (message) => expression.test(message);
  } catch {
    throw new ApiError(422, '422.invalid-argument', 'search: expected a regular expression', 'search.match');
  }
}
