import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Job, JobPlan, JobStateName, JobTask } from './job.ts';
import type { Bus, World } from './world.ts';

export type JobRunner = { begin(job: Job, plan: JobPlan): void };

export function createJobRunner(world: World, bus: Bus, clock: Clock, random: Random): JobRunner {
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
    begin(job, plan) {
      tell(job, 'job.new');
      clock.after(random.int(300, 800), () => {
        move(job, plan.scheduledMs ? 'scheduled' : 'queued');
        clock.after(plan.scheduledMs ?? random.int(700, 2_500), () => run(job, plan.failure));
      });
    },
  };
}
