import type { AlertRow } from '../../store/alerts.ts';
import type { CheckedRule } from './rule.ts';
import type { Looked, Match } from './sources/source.ts';

/** What a look at a rule changes. */
export type Transitions = {
  begin: { match: Match; since: number; fires: boolean }[];
  fire: { alert: AlertRow; detail: string }[];
  resolve: { alert: AlertRow; because: string }[];
  forget: AlertRow[];
};

type Seen = { rule: Pick<CheckedRule, 'forMs'>; open: readonly AlertRow[]; looked: Looked; now: number };

/** Pure: from what stands in the store and what is seen now, so that whoever leads next goes on from there. */
export function transitionsOf({ rule, open, looked, now }: Seen): Transitions {
  const result: Transitions = { begin: [], fire: [], resolve: [], forget: [] };
  const byObject = new Map(open.map((alert) => [alert.object_id, alert]));
  const matched = new Set<string>();
  for (const match of looked.matches) {
    if (matched.has(match.id)) continue;
    matched.add(match.id);
    const alert = byObject.get(match.id);
    if (alert === undefined) {
      const since = Math.min(now, match.since ?? now);
      result.begin.push({ match, since, fires: now - since >= rule.forMs });
    } else if (alert.state === 'pending' && now - alert.since >= rule.forMs) {
      result.fire.push({ alert, detail: match.detail });
    }
  }
  for (const alert of open) {
    if (matched.has(alert.object_id) || looked.unknown.has(alert.object_id)) continue;
    if (alert.state === 'firing') result.resolve.push({ alert, because: 'It is so no longer.' });
    else result.forget.push(alert);
  }
  return result;
}

/** Of a rule that is switched off or gone. */
export function endedWith(open: readonly AlertRow[], because: string): Transitions {
  return {
    begin: [],
    fire: [],
    resolve: open.filter(({ state }) => state === 'firing').map((alert) => ({ alert, because })),
    forget: open.filter(({ state }) => state === 'pending'),
  };
}

export const isNothing = ({ begin, fire, resolve, forget }: Transitions): boolean =>
  begin.length + fire.length + resolve.length + forget.length === 0;
