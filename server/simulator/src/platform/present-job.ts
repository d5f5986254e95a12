import { creator, stateOf } from '../cycle/present-common.ts';
import { wireTime } from '../wire-time.ts';
import type { Job, JobTask } from '../world/job.ts';
import type { World } from '../world/world.ts';

export function presentJob(world: World, job: Job): Record<string, unknown> {
  return {
    id: job.id,
    hub_id: world.hub.id,
    queue: `environment-${world.environment.id}`,
    caption: job.caption,
    events: {
      queued: wireTime(job.queuedAt),
      started: wireTime(job.startedAt),
      completed: wireTime(job.completedAt),
    },
    schedule: wireTime(job.scheduledFor),
    expires: wireTime(job.queuedAt + 86_400_000),
    tasks: job.tasks.map((task) => presentTask(task, job.queuedAt)),
    hash: job.hash,
    limit_duplicates: true,
    creator: creator(world),
    state: {
      ...stateOf(job.state, job.stateChangedAt),
      error: job.error === null ? null : { message: job.error },
    },
  };
}

function presentTask(task: JobTask, queuedAt: number): Record<string, unknown> {
  return {
    id: task.id,
    caption: task.caption,
    header: task.header,
    events: {
      queued: wireTime(queuedAt),
      started: wireTime(task.startedAt),
      completed: wireTime(task.completedAt),
    },
    steps: task.steps.map((step) => ({
      caption: step.caption,
      description: step.caption,
      started: wireTime(step.startedAt),
      completed: wireTime(step.completedAt),
    })),
    state: stateOf(task.state, task.stateChangedAt),
    input: task.input,
    output: null,
    error: task.error === null ? null : { message: task.error },
  };
}
