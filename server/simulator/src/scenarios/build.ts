import type { Clock } from '../clock.ts';
import type { IdSource } from '../ids.ts';
import type { Random } from '../random.ts';
import type { ScenarioPlan } from './plan.ts';

export type Build = { plan: ScenarioPlan; clock: Clock; ids: IdSource; random: Random };
