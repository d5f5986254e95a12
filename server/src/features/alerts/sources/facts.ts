import type { FunctionsResponse } from '@cyclorama/shared/claims.ts';
import { inScope } from '@cyclorama/shared/rules/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';
import type { Kysely } from 'kysely';

import { failedClaims, heldSince } from '../../../store/alert-facts.ts';
import type { FailedClaim } from '../../../store/alert-facts.ts';
import { newestDeployments } from '../../../store/object-events.ts';
import { lastQueueLengths } from '../../../store/queue-history.ts';
import type { Database } from '../../../store/schema.ts';
import { CYCLE_BLIND } from './nodes.ts';
import { NOTHING_UNKNOWN } from './source.ts';
import type { Match, Source } from './source.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export type FactDeps = {
  db: Kysely<Database>;
  nodes: () => TopologyNode[] | null;
  pools: () => FunctionsResponse;
  /** Null where no robot with this id is known. */
  robotType: (deploymentId: string) => string | null;
};

/** What the store and the other features know: queues, claims, pools and ages. */
export function createFactSources({ db, nodes, pools, robotType }: FactDeps) {
  const queue: Source<'queue'> = {
    blind: () => null,
    async look({ condition: { robotType: wanted, above }, scope }) {
      const unknown = new Set<string>();
      const matches: Match[] = [];
      for (const { deployment_id: id, length } of await lastQueueLengths(db)) {
        const type = robotType(id);
        if (type === null || (wanted !== null && wanted !== type)) continue;
        if (!inScope(scope, { id, names: [type] })) continue;
        if (length === null) unknown.add(id);
        else if (length > above)
          matches.push({
            kind: 'deployment',
            id,
            name: type,
            containerId: null,
            since: null,
            detail: `${length} wait`,
          });
      }
      return { matches, unknown };
    },
  };

  const claims: Source<'claims'> = {
    blind: () => null,
    async look({ condition: { failures, minutes }, scope, now }) {
      const rows = await failedClaims(db, now - minutes * MINUTE_MS);
      const matches = [...Map.groupBy(rows, (row) => row.container_id)].flatMap(([id, some]) =>
        some.length < failures || !inScope(scope, { id, names: some.map((one) => one.container_name) })
          ? []
          : [failedMatch(id, some)],
      );
      return { matches, unknown: NOTHING_UNKNOWN };
    },
  };

  const pool: Source<'pool'> = {
    blind: () => (pools().freshness.state === 'live' ? null : CYCLE_BLIND),
    look({ scope }) {
      const matches = pools().pools.flatMap(({ containerId: id, name, enabled, idle, instances }) => {
        if (!enabled || idle > 0 || !inScope(scope, { id, names: [name] })) return [];
        const detail = `none of ${instances} is idle`;
        return [{ kind: 'container', id, name, containerId: null, since: null, detail }];
      });
      return { matches, unknown: NOTHING_UNKNOWN };
    },
  };

  const age: Source<'age'> = {
    blind: ({ of }) => (of === 'deployment' && nodes() === null ? CYCLE_BLIND : null),
    async look({ condition: { of, hours }, scope, now }) {
      const held = of === 'deployment' ? await deployments() : (await heldSince(db, of, now)).map(toAged);
      const matches = held.flatMap(({ begun, ...object }) => {
        const since = begun + hours * HOUR_MS;
        if (since > now || !inScope(scope, { ...object, names: [object.name] })) return [];
        return [{ ...object, since, detail: `since ${new Date(begun).toISOString().slice(0, 16)}Z` }];
      });
      return { matches, unknown: NOTHING_UNKNOWN };
    },
  };
  const toAged = (held: Awaited<ReturnType<typeof heldSince>>[number]) => ({
    kind: held.containerId === null ? 'booking' : 'claim',
    id: held.id,
    name: held.name,
    containerId: held.containerId,
    begun: held.requested_at,
  });
  const deployments = async () => {
    const containers = (nodes() ?? []).filter((node) => node.kind === 'container');
    const newest = new Map(
      (
        await newestDeployments(
          db,
          containers.map(({ id }) => id),
        )
      ).map(({ id, at }) => [id, at]),
    );
    return containers.flatMap(({ id, name }) => {
      const begun = newest.get(id);
      return begun === undefined ? [] : [{ kind: 'container', id, name, containerId: null, begun }];
    });
  };

  return { queue, claims, pool, age };
}

function failedMatch(id: string, some: readonly FailedClaim[]): Match {
  const name = some.at(-1)?.container_name ?? id;
  const detail = `${some.length} failed`;
  return { kind: 'container', id, name, containerId: null, since: null, detail };
}
