import { healthy } from './healthy.ts';
import type { ScenarioPlan } from './plan.ts';

/** Cycle as in `healthy`, but other callers hold every function instance and keep it. */
export const queueFull: ScenarioPlan = {
  ...healthy,
  name: 'queue-full',
  robots: 'queue-full',
  containers: healthy.containers.map((plan) =>
    plan.functionLimits ? { ...plan, functionLimits: { ...plan.functionLimits, maxRuntime: null } } : plan,
  ),
  others: 'full',
};
