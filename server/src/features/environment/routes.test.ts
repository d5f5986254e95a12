import { isDeepStrictEqual } from 'node:util';

import { containerDetail, instanceDetail, overview, task } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { telemetryResponse, topResponse } from '@cyclorama/shared/telemetry.ts';
import { topology, topologyNodeAnswer } from '@cyclorama/shared/topology.ts';
import { manualClock } from '@cyclorama/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { eventually } from './environment.fixture.ts';

let server: TestServer;
let vera: Browser;
let oscar: Browser;
let instanceId: string;
let containerId: string;

beforeAll(async () => {
  // The simulated clock stands still, so only these tests change anything.
  server = await startTestServer({ simulator: { clock: manualClock(Date.now()), seed: 3 } });
  vera = await server.signIn('vera');
  oscar = await server.signIn('oscar');
  const { nodes } = await eventually('the topology', async () => {
    const read = topology.parse(await (await vera.get(paths.topology())).json());
    return read.freshness.state === 'live' && read.nodes.some((node) => node.kind === 'instance')
      ? read
      : null;
  });
  const api = nodes.find(
    (node) => node.kind === 'instance' && node.hostname === 'api' && node.state.current === 'running',
  );
  if (api?.kind !== 'instance') throw new Error('expected a running api instance');
  instanceId = api.id;
  containerId = api.containerId;
});
afterAll(() => server.close());

const range = () => `?from=${Date.now() - 60_000}&to=${Date.now()}`;

describe('routes of the environment and telemetry', () => {
  it('ask for a session', async () => {
    const asked = [
      paths.topology(),
      paths.overview(),
      paths.container(containerId),
      paths.instance(instanceId),
      paths.instanceTelemetry(instanceId),
      paths.topTelemetry(),
    ];
    for (const path of asked) expect((await fetch(server.url + path)).status).toBe(401);
  });

  it('name the field at fault', async () => {
    const noRange = await vera.get(paths.instanceTelemetry(instanceId));
    expect(noRange.status).toBe(400);
    expect(await noRange.json()).toMatchObject({ error: { code: 'invalid-request', field: 'query.from' } });
    const odd = await oscar.post(paths.instanceTasks(instanceId), { body: { action: 'explode' } });
    expect(odd.status).toBe(400);
    expect(await odd.json()).toMatchObject({ error: { field: 'body.action' } });
  });

  it('let viewers look and operators act', async () => {
    expect(overview.parse(await (await vera.get(paths.overview())).json()).freshness.state).toBe('live');
    expect(
      containerDetail.parse(await (await vera.get(paths.container(containerId))).json()).container.id,
    ).toBe(containerId);
    expect(instanceDetail.parse(await (await vera.get(paths.instance(instanceId))).json()).instance.id).toBe(
      instanceId,
    );
    expect(topResponse.parse(await (await vera.get(paths.topTelemetry())).json()).measure).toBe('cpu');
    const series = await vera.get(paths.containerTelemetry(containerId) + range());
    expect(telemetryResponse.parse(await series.json()).times.length).toBeGreaterThan(0);
    expect((await vera.post(paths.instanceTasks(instanceId), { body: { action: 'stop' } })).status).toBe(403);
    const stopped = await oscar.post(paths.instanceTasks(instanceId), { body: { action: 'stop' } });
    expect(stopped.status).toBe(202);
    expect(task.parse(await stopped.json())).toMatchObject({
      action: 'stop',
      requestedBy: 'oscar',
      instanceId,
    });
  });

  it('say what is not there, and what is not allowed now', async () => {
    const missing = await vera.get(paths.container('000000000000000000000000'));
    expect(missing.status).toBe(404);
    const again = await oscar.post(paths.instanceTasks(instanceId), { body: { action: 'start' } });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({
      error: { hint: expect.stringContaining('Nothing was changed') },
    });
  });

  it('answer one node of the topology, and 404 where there is none', async () => {
    for (const kind of ['domain', 'server', 'instance']) {
      // The environment may be read again between the two.
      await eventually(`the same ${kind} by itself`, async () => {
        const { nodes } = topology.parse(await (await vera.get(paths.topology())).json());
        const node = nodes.find((each) => each.kind === kind);
        if (node === undefined) return null;
        const answer = await vera.get(paths.topologyNode(node.id));
        const alone = topologyNodeAnswer.parse(await answer.json());
        return alone.freshness.state === 'live' && isDeepStrictEqual(alone.node, node) ? alone : null;
      });
    }
    expect((await vera.get(paths.topologyNode('none'))).status).toBe(404);
  });

  it('answer the topology with 304 until it changes', async () => {
    const settled = await eventually('the stopping instance', async () => {
      const answer = await vera.get(paths.topology());
      const { nodes } = topology.parse(await answer.json());
      const node = nodes.find((each) => each.id === instanceId);
      return node?.kind === 'instance' && node.state.current === 'stopping'
        ? answer.headers.get('etag')
        : null;
    });
    const headers = { 'if-none-match': settled };
    expect((await vera.get(paths.topology(), { headers })).status).toBe(304);
    server.simulator.advance(5_000);
    await eventually(
      'a new revision',
      async () => (await vera.get(paths.topology(), { headers })).status === 200,
    );
  });
});
