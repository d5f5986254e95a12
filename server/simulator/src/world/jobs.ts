import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Bus, World } from './world.ts';

export type JobStateName = 'new' | 'queued' | 'scheduled' | 'running' | 'completed' | 'error' | 'expired';

export type JobTask = {
  readonly id: string;
  readonly caption: string;
  readonly header: string;
  readonly input: Record<string, string>;
  readonly steps: { caption: string; startedAt: number | null; completedAt: number | null }[];
  state: 'pending' | 'running' | 'completed' | 'error';
  stateChangedAt: number;
  startedAt: number | null;
  completedAt: number | null;
  error: string | null;
};

export type Job = {
  readonly id: string;
  readonly caption: string;
  readonly queuedAt: number;
  readonly hash: string;
  readonly tasks: JobTask[];
  startedAt: number | null;
  completedAt: number | null;
  scheduledFor: number;
  state: JobStateName;
  stateChangedAt: number;
  error: string | null;
};

export type JobPlan = {
  caption: string;
  tasks: { caption: string; header: string; input: Record<string, string>; steps: string[] }[];
  /** The last step of the last task fails with this message. */
  failure?: string;
  /** Waits in `scheduled` this long before it runs. */
  scheduledMs?: number;
};

/** The hub's jobs, newest last; the oldest are forgotten beyond two hundred. */
export type Jobs = {
  add(plan: JobPlan): Job;
  list(): Job[];
  find(id: string): Job | undefined;
  /** A job of the past that ended without this world having run it. */
  remember(plan: JobPlan, endedAt: number, state: 'completed' | 'error' | 'expired'): Job;
};

const KEPT = 200;

/** Builds the job queue over `world`; states as in the Cycle public API docs. */
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

  const tell = (job: Job, topic: string, previous?: string) =>
    bus.notify({
      topic,
      id: job.id,
      state: job.state,
      ...(previous === undefined ? {} : { previous }),
      ...(job.error === null ? {} : { error: job.error }),
      environmentIds: [world.environment.id],
      accountId: world.hub.accountId,
    });

  const move = (job: Job, state: JobStateName, error: string | null = null) => {
    const previous = job.state;
    job.state = state;
    job.error = error;
    job.stateChangedAt = clock.now();
    if (state === 'running') job.startedAt = clock.now();
    if (state === 'completed' || state === 'error') job.completedAt = clock.now();
    tell(job, 'job.state.changed', previous);
    if (error !== null) tell(job, 'job.error');
  };

  const moveTask = (task: JobTask, state: JobTask['state'], error: string | null = null) => {
    task.state = state;
    task.stateChangedAt = clock.now();
    task.error = error;
    if (state === 'running') task.startedAt = clock.now();
    else task.completedAt = clock.now();
  };

  const runStep = (job: Job, taskIndex: number, stepIndex: number, failure: string | undefined) => {
    const task = job.tasks[taskIndex];
    if (!task) return move(job, 'completed');
    if (stepIndex === 0) moveTask(task, 'running');
    const step = task.steps[stepIndex];
    if (!step) {
      moveTask(task, 'completed');
      return runStep(job, taskIndex + 1, 0, failure);
    }
    step.startedAt = clock.now();
    const last = taskIndex === job.tasks.length - 1 && stepIndex === task.steps.length - 1;
    clock.after(random.int(1_500, 5_000), () => {
      if (last && failure !== undefined) {
        moveTask(task, 'error', failure);
        return move(job, 'error', failure);
      }
      step.completedAt = clock.now();
      return runStep(job, taskIndex, stepIndex + 1, failure);
    });
    return undefined;
  };

  const run = (job: Job, failure: string | undefined) => {
    move(job, 'running');
    runStep(job, 0, 0, failure);
  };

  return {
    add(plan) {
      const job = keep(build(plan, clock.now()));
      tell(job, 'job.new');
      clock.after(random.int(300, 800), () => {
        move(job, plan.scheduledMs ? 'scheduled' : 'queued');
        clock.after(plan.scheduledMs ?? random.int(700, 2_500), () => run(job, plan.failure));
      });
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
