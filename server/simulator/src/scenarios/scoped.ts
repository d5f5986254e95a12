import { healthy } from './healthy.ts';
import type { ScenarioPlan } from './plan.ts';

/** As `healthy`, but the internal API refuses the dashboard's container servers, networks and notifications. */
export const scoped: ScenarioPlan = { ...healthy, name: 'scoped', scope: ['self', 'environment'] };
