import type { Freshness } from '@cyclorama/shared/common.ts';
import type { LatestResponse, Measure, TopResponse } from '@cyclorama/shared/telemetry.ts';

import type { Clock } from '../../lib/clock.ts';
import { asOne, createGathered, GONE, runsOf } from './gathered.ts';
import type { Asked } from './instance-series.ts';
import { currentValue } from './rankings.ts';
import type { Rankings, Window } from './rankings.ts';
import { MEASURES } from './rates.ts';
import { timesOf } from './resample.ts';
import type { Rings } from './rings.ts';
import { freshSince } from './settled.ts';

export type TopQuery = { measure: Measure; limit: number; container?: string | undefined } & Window;

type Deps = {
  ranking: Rankings;
  freshness: () => Freshness;
  directory: { instance(id: string): Asked | null };
};

export function createTop({ ranking, directory, freshness }: Deps) {
  return async ({ measure, limit, container, ...window }: TopQuery): Promise<TopResponse> => {
    const { grid, rows, settled } = await ranking(measure, window);
    const named: TopResponse['rows'] = [];
    for (const row of rows) {
      // Those without a current value come last, and are not busy.
      if (named.length === limit || row.latest === null) break;
      const it = directory.instance(row.instanceId);
      if (it === null || (container !== undefined && it.containerId !== container)) continue;
      named.push({ ...row, name: it.name, containerId: it.containerId });
    }
    const totalLatest = asOne(
      rows.map(({ latest }) => latest),
      'sum',
    );
    const all = createGathered(grid.count, { measures: [measure] });
    for (const { instanceId, values } of rows)
      all.add({ means: () => values }, runsOf(grid, directory.instance(instanceId) ?? GONE));
    const total = all.values('sum', settled)[measure] ?? [];
    const measured = rows.filter(({ latest }) => latest !== null);
    const servers = new Set(measured.flatMap((row) => directory.instance(row.instanceId)?.serverId ?? []));
    return {
      freshness: freshness(),
      measure,
      times: timesOf(grid),
      rows: named,
      total,
      totalLatest,
      servers: servers.size,
    };
  };
}

type LatestDeps = Pick<Deps, 'directory' | 'freshness'> & { rings: Rings; clock: Clock; pollMs: number };

/** Of all instances that are measured; those without a current value are left out. */
export function createLatest({ rings, directory, freshness, clock, pollMs }: LatestDeps) {
  return (measure: Measure): LatestResponse => {
    const values: Record<string, number> = {};
    const since = freshSince(clock.now(), pollMs);
    for (const [id, ring] of rings.entries()) {
      const value = currentValue(ring, MEASURES.indexOf(measure), since);
      if (value !== null && directory.instance(id) !== null) values[id] = value;
    }
    return { freshness: freshness(), measure, values };
  };
}
