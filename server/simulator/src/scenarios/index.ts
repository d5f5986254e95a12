import { degraded } from './degraded.ts';
import { empty } from './empty.ts';
import { healthy } from './healthy.ts';
import { oddNames } from './odd-names.ts';
import type { ScenarioPlan } from './plan.ts';
import { queueFull } from './queue-full.ts';
import { scoped } from './scoped.ts';
import { still } from './still.ts';
import { tenThousand } from './ten-thousand.ts';

const SCENARIOS: Record<string, ScenarioPlan> = {
  healthy,
  degraded,
  empty,
  'odd-names': oddNames,
  'queue-full': queueFull,
  scoped,
  still,
  'ten-thousand': tenThousand,
};

export const SCENARIO_NAMES = Object.keys(SCENARIOS);

export function scenarioPlan(name: string): ScenarioPlan {
  const plan = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  if (!plan) throw new RangeError(`scenario: expected one of ${SCENARIO_NAMES.join(', ')}, got "${name}"`);
  return plan;
}
