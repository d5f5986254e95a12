import type { Freshness } from '@cyclorama/shared/common.ts';
import type { Aggregate, Measure, TopContainersResponse } from '@cyclorama/shared/telemetry.ts';

import { asOne, createGathered, createSilences, GONE, runsOf } from './gathered.ts';
import type { Runs } from './gathered.ts';
import type { Asked } from './instance-series.ts';
import type { Ranked, Rankings, Window } from './rankings.ts';
import { timesOf } from './resample.ts';

export type TopContainersQuery = { measure: Measure; by: Aggregate; limit: number } & Window;

type Deps = {
  ranking: Rankings;
  freshness: () => Freshness;
  directory: {
    instance(id: string): Asked | null;
    instancesOf(containerId: string): readonly unknown[];
    containerName(id: string): string | null;
  };
};

export function createTopContainers({ ranking, directory, freshness }: Deps) {
  return async ({ measure, by, limit, ...window }: TopContainersQuery): Promise<TopContainersResponse> => {
    const { grid, rows, settled } = await ranking(measure, window);
    const runs = ({ instanceId }: Ranked): Runs => runsOf(grid, directory.instance(instanceId) ?? GONE);
    // Of all instances of a server: one of another container tells that it was not silent.
    const silences = createSilences(grid.count);
    for (const row of rows) silences.add(row.values, runs(row));
    const together = (those: readonly Ranked[]): (number | null)[] => {
      const gathered = createGathered(grid.count, { measures: [measure], silences });
      for (const row of those) gathered.add({ means: () => row.values }, runs(row));
      return gathered.values(by, settled)[measure] ?? [];
    };
    const byContainer = new Map<string, Ranked[]>();
    for (const row of rows) {
      const containerId = directory.instance(row.instanceId)?.containerId;
      if (row.latest === null || containerId === undefined) continue;
      const those = byContainer.get(containerId);
      if (those === undefined) byContainer.set(containerId, [row]);
      else those.push(row);
    }
    const ranked = [...byContainer].flatMap(([containerId, those]) => {
      const latest = asOne(
        those.map((row) => row.latest),
        by,
      );
      const name = directory.containerName(containerId);
      return latest === null || name === null ? [] : [{ containerId, name, those, latest }];
    });
    ranked.sort((a, b) => b.latest - a.latest || (a.containerId < b.containerId ? -1 : 1));
    return {
      freshness: freshness(),
      measure,
      by,
      times: timesOf(grid),
      rows: ranked.slice(0, limit).map(({ containerId, name, those, latest }) => ({
        containerId,
        name,
        instances: directory.instancesOf(containerId).length,
        measured: those.length,
        latest,
        values: together(those),
      })),
      total: ranked.length,
    };
  };
}
