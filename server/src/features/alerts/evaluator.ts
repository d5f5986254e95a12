import type { Kysely } from 'kysely';

import { AppError } from '../../lib/errors.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { Logger } from '../../lib/logger.ts';
import { singleFlight } from '../../lib/single-flight.ts';
import { hasUntoldAlerts } from '../../store/alert-messages.ts';
import { addMissingRules, listAlertRules } from '../../store/alert-rules.ts';
import { openAlerts } from '../../store/alerts.ts';
import type { AlertRow } from '../../store/alerts.ts';
import { NotLeading } from '../../store/leader.ts';
import type { Leader } from '../../store/leader.ts';
import type { Database } from '../../store/schema.ts';
import { builtInRules } from './built-in.ts';
import { toCheckedRule } from './rule.ts';
import type { CheckedRule } from './rule.ts';
import { sourceOf } from './sources/source.ts';
import type { Sources } from './sources/source.ts';
import { writeMessages } from './telling/messages.ts';
import type { Telling } from './telling/messages.ts';
import { endedWith, isNothing, transitionsOf } from './transitions.ts';
import type { Transitions } from './transitions.ts';
import { writeTransitions } from './write.ts';

const ROUND_MS = 5_000;

export type EvaluatorDeps = Omit<Telling, 'channels'> & {
  db: Kysely<Database>;
  leader: Pick<Leader, 'isLeader' | 'fence'>;
  sources: Sources;
  hub: Pick<EventHub, 'publish'>;
  logger: Pick<Logger, 'warn'>;
  /** Where messages go now. While it is quiet nothing is told: what still fires afterwards is, and what was over by then never. */
  told: () => Promise<Pick<Telling, 'channels'> & { isQuiet: boolean }>;
  /** Called when messages may wait. */
  onTold: () => void;
  roundMs?: number;
};

/** Who leads looks at every rule each few seconds; all it knows is in the store, so that the next goes on from there. */
export function createEvaluator(deps: EvaluatorDeps) {
  const { db, leader, sources, hub, clock, logger, onTold, roundMs = ROUND_MS } = deps;
  let timer: NodeJS.Timeout | undefined;
  let hasBuiltIn = false;

  const look = async (rule: CheckedRule, open: readonly AlertRow[]): Promise<Transitions | null> => {
    const { condition, scope } = rule;
    const source = sourceOf(sources, condition);
    const now = clock.now();
    if (source.blind(condition) !== null) return null;
    const looked = await source.look({ condition, scope, now });
    return transitionsOf({ rule, open, looked, now });
  };

  const round = async (): Promise<void> => {
    if (!leader.isLeader()) return;
    if (!hasBuiltIn) await addMissingRules(db, builtInRules(clock.now()));
    hasBuiltIn = true;
    const open = Map.groupBy(await openAlerts(db), (alert) => alert.rule_id);
    const changes: { rule: CheckedRule | null; transitions: Transitions }[] = [];
    for (const row of await listAlertRules(db)) {
      const own = open.get(row.id) ?? [];
      open.delete(row.id);
      const rule = toCheckedRule(row);
      if (rule === null) continue;
      const transitions =
        row.enabled === 1 ? await look(rule, own) : endedWith(own, 'Its rule was switched off.');
      if (transitions !== null && !isNothing(transitions)) changes.push({ rule, transitions });
    }
    for (const orphans of open.values())
      changes.push({ rule: null, transitions: endedWith(orphans, 'Its rule was deleted.') });
    const { isQuiet, channels } = await deps.told();
    if (changes.length > 0 || (!isQuiet && (await hasUntoldAlerts(db)))) {
      await db.transaction().execute(async (within) => {
        await leader.fence(within);
        for (const change of changes) await writeTransitions(within, change, deps);
        if (!isQuiet) await writeMessages(within, { ...deps, channels });
      });
      hub.publish({ type: 'alerts' });
      if (!isQuiet) onTold();
    }
  };

  const rounds = singleFlight(round, (error) => {
    if (!(error instanceof NotLeading) && !(error instanceof AppError))
      logger.warn({ err: error }, 'the alert rules could not be checked; they are tried again');
  });

  return {
    /** What the timer does: looks at every rule, once. Never rejects. */
    round: () => rounds.again(),
    start(): void {
      void rounds.run();
      timer = setInterval(() => void rounds.run(), roundMs);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await rounds.settled();
    },
  };
}
