import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { createJobRunner } from './job-runner.ts';
import type { Job, JobPlan } from './job.ts';
import type { Bus, World } from './world.ts';

export type Jobs = {
  add(plan: JobPlan): Job;
  list(): Job[];
  find(id: string): Job | undefined;
  /** Adds a job that ended in the past. */
  remember(plan: JobPlan, endedAt: number, state: 'completed' | 'error' | 'expired'): Job;
};

const KEPT = 200;

export function createJobs(world: World, bus: Bus, clock: Clock, random: Random): Jobs {
  const jobs: Job[] = [];

  const keep = (job: Job) => {
    jobs.push(job);
    if (jobs.length > KEPT) jobs.shift();
    return job;
  };

  const build = (plan: JobPlan, now: number): Job => ({
    id: world.ids.objectId(),
    caption: plan.caption,
    queuedAt: now,
    hash: random.hex(16),
    startedAt: null,
    completedAt: null,
    scheduledFor: now + (plan.scheduledMs ?? 0),
    state: 'new',
    stateChangedAt: now,
    error: null,
    tasks: plan.tasks.map((task) => ({
      id: world.ids.objectId(),
      caption: task.caption,
      header: task.header,
      input: task.input,
      steps: task.steps.map((caption) => ({ caption, startedAt: null, completedAt: null })),
      state: 'pending',
      stateChangedAt: now,
      startedAt: null,
      completedAt: null,
      error: null,
    })),
  });

  const runner = createJobRunner(world, bus, clock, random);

  return {
    add(plan) {
      const job = keep(build(plan, clock.now()));
      runner.begin(job, plan);
      return job;
    },
    remember(plan, endedAt, state) {
      const job = keep(build(plan, endedAt - 30_000));
      Object.assign(job, {
        state,
        stateChangedAt: endedAt,
        error: state === 'error' ? (plan.failure ?? 'failed') : null,
      });
      if (state === 'expired') return job;
      Object.assign(job, { startedAt: endedAt - 29_000, completedAt: endedAt });
      for (const task of job.tasks) {
        Object.assign(task, {
          state,
          stateChangedAt: endedAt,
          startedAt: endedAt - 29_000,
          completedAt: endedAt,
          error: job.error,
        });
        for (const step of task.steps)
          Object.assign(step, { startedAt: endedAt - 29_000, completedAt: endedAt });
      }
      return job;
    },
    list: () => [...jobs],
    find: (id) => jobs.find((job) => job.id === id),
  };
}
