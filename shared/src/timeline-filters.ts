import { z } from 'zod';

/** `action`: of the record · `state`: state, health, restarts · `change`: deployments, scaling, migrations, settings · `job`: Cycle's. */
export const timelineKind = z.enum(['action', 'state', 'change', 'job']);
export type TimelineKind = z.infer<typeof timelineKind>;

/** `started`: goes on. `changed`: neither good nor bad, or nobody knows. */
export const timelineOutcome = z.enum(['failed', 'recovered', 'started', 'done', 'refused', 'changed']);
export type TimelineOutcome = z.infer<typeof timelineOutcome>;
