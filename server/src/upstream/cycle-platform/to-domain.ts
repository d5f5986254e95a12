import type { z } from 'zod';

import type { activityAnswer, JobWire } from './wire.ts';

/** Times in epoch milliseconds; `progress` 0 to 1 over all steps, null where it has none. */
export type PlatformJob = {
  id: string;
  caption: string;
  /** Of its first task that names one. */
  objectId: string | null;
  state: string;
  error: string | null;
  queuedAt: number | null;
  startedAt: number | null;
  completedAt: number | null;
  progress: number | null;
  scheduledFor: number | null;
  tasks: PlatformTask[];
};

type Times = { startedAt: number | null; completedAt: number | null };
type PlatformTask = Times & {
  id: string;
  caption: string;
  state: string;
  error: string | null;
  steps: (Times & { caption: string })[];
};

/** The platform writes "never" as the year 1. */
function timeOf(text: string | null | undefined): number | null {
  if (!text || text.startsWith('0001-')) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** Completed steps over all steps ("Cycle public API: jobs": a step has times and no state). */
function progressOf(wire: JobWire): number | null {
  const steps = (wire.tasks ?? []).flatMap((task) => task.steps ?? []);
  if (steps.length === 0) return null;
  return steps.filter((step) => timeOf(step.completed) !== null).length / steps.length;
}

function taskOf(task: NonNullable<JobWire['tasks']>[number], place: number): PlatformTask {
  return {
    id: task.id ?? String(place),
    caption: task.caption ?? '',
    state: task.state?.current ?? 'unknown',
    error: task.error?.message ?? null,
    startedAt: timeOf(task.events?.started),
    completedAt: timeOf(task.events?.completed),
    steps: (task.steps ?? []).map((step) => ({
      caption: step.caption ?? '',
      startedAt: timeOf(step.started),
      completedAt: timeOf(step.completed),
    })),
  };
}

export function jobOf(wire: JobWire): PlatformJob {
  return {
    id: wire.id,
    caption: wire.caption ?? '',
    objectId: (wire.tasks ?? []).find(({ input }) => input?.id !== undefined)?.input?.id ?? null,
    state: wire.state?.current ?? 'unknown',
    error: wire.state?.error?.message ?? null,
    queuedAt: timeOf(wire.events?.queued),
    startedAt: timeOf(wire.events?.started),
    completedAt: timeOf(wire.events?.completed),
    progress: progressOf(wire),
    scheduledFor: timeOf(wire.schedule),
    tasks: (wire.tasks ?? []).map(taskOf),
  };
}

export type HubActivityEntry = {
  id: string;
  /** Epoch milliseconds; null where it can't be read. */
  at: number | null;
  event: string;
  status: string;
  by: { kind: string; name: string | null };
  on: { kind: string; id: string } | null;
  error: string | null;
};

export function hubActivityOf({ data, includes }: z.output<typeof activityAnswer>): HubActivityEntry[] {
  const accounts = includes?.users?.accounts ?? {};
  return (data ?? []).map(({ id, time, event, status, user, component, error }) => {
    const { first, last } = accounts[user?.id ?? '']?.name ?? {};
    return {
      id,
      at: timeOf(time),
      event: event ?? 'unknown',
      status: status ?? 'unknown',
      by: { kind: user?.type ?? 'unknown', name: [first, last].filter(Boolean).join(' ') || null },
      on: component == null ? null : { kind: component.type, id: component.id },
      error: error?.message ?? null,
    };
  });
}
