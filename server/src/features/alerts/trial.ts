import type { AlertCondition, AlertTrial } from '@cyclorama/shared/alerts.ts';
import { isNodeCondition } from '@cyclorama/shared/rules/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import type { Database } from '../../store/schema.ts';
import { walkAges, walkFailures, walkQueues } from './past/facts.ts';
import { walkGroups } from './past/groups.ts';
import { createPastOf } from './past/intervals.ts';
import { walkMeasures } from './past/measures.ts';
import type { ReadTelemetry } from './past/measures.ts';
import { walkNodes } from './past/nodes.ts';
import type { WalkHistory } from './past/nodes.ts';
import type { CheckedRule } from './rule.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const MOST_TIMES = 100;

export type TrialDeps = {
  db: Kysely<Database>;
  clock: Clock;
  nodes: () => TopologyNode[] | null;
  walkHistory: WalkHistory;
  telemetry: ReadTelemetry;
  robotType: (deploymentId: string) => string | null;
};

const NO_PAST: Partial<Record<AlertCondition['kind'], string>> = {
  collector: 'When collectors reported is not kept, so this can’t be tried on the past.',
  pool: 'How many instances of a pool were idle is not kept, so this can’t be tried on the past.',
};
const NO_DEPLOYMENTS =
  'Ages of deployments can’t be tried on the past: only the newest of each is looked at.';

const isMeasured = ({ kind }: AlertCondition): boolean => kind === 'measure' || kind === 'group-measure';

/** Plays a rule over what is on record: of a week, or a day of measures. */
export function createTrial({ db, clock, nodes, walkHistory, telemetry, robotType }: TrialDeps) {
  return async ({ condition, scope, forMs }: CheckedRule): Promise<AlertTrial> => {
    const to = clock.now();
    const from = to - (isMeasured(condition) ? DAY_MS : WEEK_MS);
    const now = nodes() ?? [];
    const past = createPastOf(forMs);
    let [since, limits]: [number, string | null] = [from, NO_PAST[condition.kind] ?? null];
    if (isNodeCondition(condition)) {
      const rule = { condition, scope };
      const first = await walkNodes(walkHistory, { rule, nodes: now, past, from, to });
      since = first ?? to;
      if (first === null) limits = 'Nothing of the environment is on record yet.';
    } else if (condition.kind === 'measure') {
      const rule = { condition, scope };
      const left = await walkMeasures(telemetry, { rule, nodes: now, past, from, to });
      if (left > 0) limits = `${left} more instances were not looked at: name fewer to look at all of them.`;
    } else if (condition.kind === 'group-measure') {
      const rule = { condition, scope };
      const left = await walkGroups(telemetry, { rule, nodes: now, past, from, to });
      const more = `${left} more ${condition.of}s`;
      if (left > 0) limits = `${more} were not looked at: name fewer to look at all of them.`;
    } else if (condition.kind === 'queue')
      await walkQueues(robotType, { db, condition, scope, past, from, to });
    else if (condition.kind === 'claims') await walkFailures({ db, condition, scope, past, from, to });
    else if (condition.kind === 'age') {
      await walkAges({ db, condition, scope, past, from, to });
      if (condition.of === 'deployment') limits = NO_DEPLOYMENTS;
    }
    const fired = past.finish(to);
    return {
      from: isoOf(since),
      to: isoOf(to),
      limits,
      total: fired.length,
      times: fired.slice(0, MOST_TIMES).map(({ of, firedAt, resolvedAt }) => ({
        of,
        firedAt: isoOf(firedAt),
        resolvedAt: resolvedAt === null ? null : isoOf(resolvedAt),
      })),
    };
  };
}
