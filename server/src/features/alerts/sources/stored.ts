import { measure as measures } from '@cyclorama/shared/telemetry.ts';
import type { Measure } from '@cyclorama/shared/telemetry.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { storedValues } from '../../../store/alert-facts.ts';
import type { Database } from '../../../store/schema.ts';
import { COLUMNS } from '../../../store/telemetry/columns.ts';
import type { Latest, Values } from './values.ts';

/** What is older is not current; the pages of telemetry say the same. */
const CURRENT_MS = 60_000;
/** The rules of a round share what was read. */
const KEPT_MS = 2_000;

type Deps = { db: Kysely<Database>; clock: Clock; nodes: () => TopologyNode[] | null };

/** Where several processes share the store each measures some servers only: this is what all of them have stored. */
export function createStoredLatest({ db, clock, nodes }: Deps): Latest {
  const kept = new Map<Measure, { at: number; values: Promise<Values> }>();
  return (measure) => {
    const now = clock.now();
    const before = kept.get(measure);
    if (before !== undefined && now - before.at < KEPT_MS) return before.values;
    const of = (nodes() ?? []).flatMap((node) => (node.kind === 'instance' ? node.id : []));
    const column = COLUMNS[measures.options.indexOf(measure)] ?? 'cpu';
    const values = storedValues(db, column, { of, since: now - CURRENT_MS });
    kept.set(measure, { at: now, values });
    values.catch(() => kept.delete(measure));
    return values;
  };
}
