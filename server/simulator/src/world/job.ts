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
