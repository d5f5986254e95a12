import type { Freshness } from '@cyclorama/shared/common.ts';
import type { Aggregate, Measure, TopContainersResponse } from '@cyclorama/shared/telemetry.ts';

import { aggregated } from './aggregate.ts';
import type { Ranked, Rankings, Window } from './rankings.ts';
import { timesOf } from './resample.ts';

export type TopContainersQuery = { measure: Measure; by: Aggregate; limit: number } & Window;

type Deps = {
  ranking: Rankings;
  freshness: () => Freshness;
  directory: {
    instance(id: string): { containerId: string } | null;
    instancesOf(containerId: string): readonly unknown[];
    containerName(id: string): string | null;
  };
};

export function createTopContainers({ ranking, directory, freshness }: Deps) {
  return async ({ measure, by, limit, ...window }: TopContainersQuery): Promise<TopContainersResponse> => {
    const { grid, rows, settled } = await ranking(measure, window);
    const byContainer = new Map<string, Ranked[]>();
    for (const row of rows) {
      const containerId = directory.instance(row.instanceId)?.containerId;
      if (row.latest === null || containerId === undefined) continue;
      const those = byContainer.get(containerId);
      if (those === undefined) byContainer.set(containerId, [row]);
      else those.push(row);
    }
    const ranked = [...byContainer].flatMap(([containerId, those]) => {
      const [latest = null] = aggregated(
        those.map((row) => [row.latest]),
        1,
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
        values: aggregated(
          those.map(({ values }) => values),
          grid.count,
          by,
          settled,
        ),
      })),
      total: ranked.length,
    };
  };
}
