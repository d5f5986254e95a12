import { healthy } from './healthy.ts';
import type { ScenarioPlan } from './plan.ts';

/** As `healthy`, but nothing happens to an instance by itself: for proofs that break some and look at just these. */
export const still: ScenarioPlan = { ...healthy, name: 'still', life: null };
