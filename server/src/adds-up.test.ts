import { claimsResponse, functionsResponse } from '@cyclorama/shared/claims.ts';
import { overview } from '@cyclorama/shared/environment.ts';
import { bookingsResponse, deploymentsResponse } from '@cyclorama/shared/robots.ts';
import { holdsRobot } from '@cyclorama/shared/rules/bookings.ts';
import { countInstances } from '@cyclorama/shared/rules/counts.ts';
import { countRobots } from '@cyclorama/shared/rules/deployments.ts';
import { topology } from '@cyclorama/shared/topology.ts';
import { expect, it, vi } from 'vitest';

import { startTestServer } from './testing/server.fixture.ts';
import type { Browser } from './testing/server.fixture.ts';

type Schema<T> = { parse(body: unknown): T };

/** What the Overview, the lists, the picture, Functions and Robots count from, read one after the other. */
async function everythingOf(browser: Browser) {
  const read = async <T>(path: string, schema: Schema<T>): Promise<T> =>
    schema.parse(await (await browser.get(path)).json());
  return {
    seen: await read('/api/overview', overview),
    nodes: (await read('/api/topology', topology)).nodes,
    pools: (await read('/api/functions', functionsResponse)).pools,
    claims: (await read('/api/claims?state=open&limit=500', claimsResponse)).claims,
    robots: (await read('/api/robots/deployments', deploymentsResponse)).deployments,
    bookings: (await read('/api/bookings?state=open', bookingsResponse)).bookings,
  };
}
type Everything = Awaited<ReturnType<typeof everythingOf>>;

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

function expectPoolsWhole({ pools, nodes, claims }: Everything): void {
  for (const { containerId, instances, ours, others, idle, notReady } of pools) {
    expect(ours + others + idle + notReady).toBe(instances);
    const drawn = nodes.filter((node) => node.kind === 'instance' && node.containerId === containerId);
    expect(drawn).toHaveLength(instances);
    const listed = claims.filter((claim) => claim.containerId === containerId && claim.instanceId !== null);
    expect(listed).toHaveLength(ours);
  }
}

function expectClaimsAndRobotsOnce({ seen, claims, robots, bookings }: Everything): void {
  expect(sum(seen.claims)).toBe(claims.length);
  expect(seen.claims.running).toBe(claims.filter(({ state }) => state === 'running').length);
  const { deployments, ...parts } = seen.robots;
  expect(deployments).toBe(robots.length);
  expect(sum(parts)).toBe(deployments);
  const held = bookings.filter(holdsRobot).flatMap(({ deploymentId }) => deploymentId ?? []);
  expect(seen.robots).toEqual(countRobots(robots, new Set(held)));
}

it.each(['healthy', 'degraded', 'queue-full', 'ten-thousand'])(
  'in %s every number that stands on two pages is the same on both, claims and bookings of ours included',
  async (scenario) => {
    // Almost at a standstill, so that all is read of one state; where it moves in between it is read again.
    const server = await startTestServer({ simulator: { scenario, seed: 7, speed: 0.2 } });
    try {
      const browser = await server.signIn('oscar');
      const first = await vi.waitUntil(
        async () => {
          const all = await everythingOf(browser);
          return all.pools.length > 0 && all.robots.some(({ online }) => online !== null) && all;
        },
        { timeout: 60_000, interval: 500 },
      );
      for (const { containerId } of first.pools.filter(({ idle }) => idle > 0).slice(0, 2)) {
        const claimed = await browser.post('/api/claims', {
          body: { containerId, spawn: {}, releaseAfterSeconds: 600 },
        });
        expect(claimed.status).toBe(201);
      }
      const body = { deploymentId: first.robots[0]?.id, reserve: true, expiresInSeconds: 600 };
      await browser.post('/api/bookings', { body });
      await vi.waitFor(
        async () => {
          const all = await everythingOf(browser);
          expect(all.seen.instances.total).toBeGreaterThan(scenario === 'ten-thousand' ? 9_000 : 20);
          expect(all.seen.instances).toEqual(
            countInstances(all.nodes.filter((node) => node.kind === 'instance')),
          );
          expectPoolsWhole(all);
          expectClaimsAndRobotsOnce(all);
        },
        { timeout: 60_000, interval: 500 },
      );
    } finally {
      await server.close();
    }
  },
  150_000,
);
