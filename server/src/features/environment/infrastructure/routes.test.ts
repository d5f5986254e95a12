import {
  certificatesResponse,
  networkDetail,
  serverDetail,
  serverImages,
  servicesResponse,
  virtualMachineDetail,
} from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import type { NodeOf, TopologyNode } from '@cyclorama/shared/topology.ts';
import { topology } from '@cyclorama/shared/topology.ts';
import { manualClock } from '@cyclorama/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';
import { eventually } from '../environment.fixture.ts';

/** Domains are read per container, after all else. */
const WITHIN_MS = 60_000;

let server: TestServer;
let vera: Browser;
let oscar: Browser;
let ada: Browser;
let nodes: TopologyNode[];

beforeAll(async () => {
  server = await startTestServer({ simulator: { clock: manualClock(Date.now()), seed: 3 } });
  [vera, oscar, ada] = await Promise.all([
    server.signIn('vera'),
    server.signIn('oscar'),
    server.signIn('ada'),
  ]);
  nodes = await eventually(
    'the topology with its domains',
    async () => {
      const read = topology.parse(await (await vera.get(paths.topology())).json());
      return read.nodes.some(({ kind }) => kind === 'domain') ? read.nodes : null;
    },
    WITHIN_MS,
  );
}, 2 * WITHIN_MS);
afterAll(() => server.close());

const upstream = async <T>(path: string): Promise<T> =>
  ((await (await ada.get(paths.proxy('cycle', path))).json()) as { data: T }).data;
const nodeOf = <K extends TopologyNode['kind']>(kind: K, name?: string): NodeOf<K> => {
  const found = nodes.find((node) => node.kind === kind && (name === undefined || node.name === name));
  if (found === undefined) throw new Error(`expected a ${kind}`);
  return found as NodeOf<K>;
};
const powerCalls = (): number =>
  Object.entries(server.simulator.requests().cycle).reduce(
    (sum, [address, count]) => sum + (address.includes('/power/') ? count : 0),
    0,
  );

describe('the server this dashboard runs on', () => {
  it('is told with its facts as Cycle has them', async () => {
    const told = serverDetail.parse(await (await vera.get(paths.ownServer())).json());
    const own = await upstream<{
      id: string;
      hostname: string;
      provider: { model: string; init_ips: string[] };
    }>('/v1/server');
    expect(told).toMatchObject({
      freshness: { state: 'live' },
      id: own.id,
      hostname: own.hostname,
      provider: { model: own.provider.model },
      addresses: own.provider.init_ips,
      allows: { pool: true, services: true, overcommit: false },
    });
  });

  it('lists its images with who runs them, and fetches one that is on record', async () => {
    const images = await upstream<{ id: string }[]>('/v1/server/images');
    const before = serverImages.parse(await (await vera.get(paths.ownServerImages())).json());
    expect(before.images.map(({ id }) => id).toSorted()).toEqual(images.map(({ id }) => id).toSorted());
    expect(before.images.some(({ usedBy }) => usedBy.length > 0)).toBe(true);
    const imageId = 'ab'.repeat(12);
    expect((await vera.post(paths.ownServerImages(), { body: { imageId } })).status).toBe(403);
    const answer = await oscar.post(paths.ownServerImages(), { body: { imageId } });
    expect(serverImages.parse(await answer.json()).images.map(({ id }) => id)).toContain(imageId);
    const { entries } = await server.activity.page({ limit: 5 });
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'image.download', actor: 'oscar', outcome: 'done' }),
    );
  });

  it('is rebooted by an admin who names it, and by nobody else', async () => {
    const { hostname } = serverDetail.parse(await (await vera.get(paths.ownServer())).json());
    const body = { action: 'reboot', hostname };
    expect((await oscar.post(paths.ownServerPower(), { body })).status).toBe(403);
    const other = await ada.post(paths.ownServerPower(), { body: { ...body, hostname: 'another' } });
    expect(other.status).toBe(409);
    expect(await errorOf(other)).toMatchObject({ field: 'body.hostname' });
    expect(powerCalls()).toBe(0);
    const headers = { 'idempotency-key': 'reboot-once-please' };
    expect((await ada.post(paths.ownServerPower(), { body, headers })).status).toBe(202);
    expect((await ada.post(paths.ownServerPower(), { body, headers })).status).toBe(202);
    expect(powerCalls()).toBe(1);
  });
});

describe('what the environment consists of', () => {
  it('is told of a network with its environments and their instances', async () => {
    const { id } = nodeOf('network');
    const told = networkDetail.parse(await (await vera.get(paths.network(id))).json());
    const raw = (await upstream<{ id: string; environments: { id: string }[] }[]>('/v1/sdn/networks')).find(
      (each) => each.id === id,
    );
    expect(told.environments.map((each) => each.id)).toEqual(raw?.environments.map((each) => each.id));
    expect(told.environments.every(({ name }) => name !== null)).toBe(true);
    const instances = await upstream<{ id: string; environment: { id: string } }[]>(
      '/v1/sdn/networks/instances',
    );
    const joined = new Set(told.environments.map((each) => each.id));
    expect(told.instances).toHaveLength(
      instances.filter(({ environment }) => joined.has(environment.id)).length,
    );
    expect((await vera.get(paths.network('none'))).status).toBe(404);
  });

  it('is told of a virtual machine with its volumes and gateways, and never its root password', async () => {
    const { id } = nodeOf('virtual-machine');
    const text = await (await vera.get(paths.virtualMachine(id))).text();
    const told = virtualMachineDetail.parse(JSON.parse(text));
    expect(told.volumes).toHaveLength(1);
    expect(told.cores).toBeGreaterThan(0);
    expect(told.gateways.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/password/i);
    expect((await vera.get(paths.virtualMachine('0'.repeat(24)))).status).toBe(404);
  });

  it('is told of the services as the environment has them set', async () => {
    const { services } = servicesResponse.parse(await (await vera.get(paths.services())).json());
    const loadBalancer = services.find(({ service }) => service === 'loadbalancer');
    expect(loadBalancer).toMatchObject({ isEnabled: true, isHighlyAvailable: true, isAutoUpdated: true });
    expect(nodes.some(({ id }) => id === loadBalancer?.containerId)).toBe(true);
  });

  it('is told of a certificate by its public parts, to admins only', async () => {
    const domain = nodes.find(
      (node) => node.kind === 'domain' && node.certificateExpires !== null && node.containerId !== null,
    );
    const { containerId, name, certificateExpires } = domain as NodeOf<'domain'>;
    const path = paths.containerCertificates(containerId ?? '');
    expect((await oscar.get(path)).status).toBe(403);
    const text = await (await ada.get(path)).text();
    const { certificates } = certificatesResponse.parse(JSON.parse(text));
    const certificate = certificates.find(({ domains }) => domains.includes(name));
    expect(certificate?.leaf).toMatchObject({ issuer: expect.stringContaining('CN=') });
    expect(Date.parse(certificate?.leaf?.validTo ?? '')).toBeCloseTo(
      Date.parse(certificateExpires ?? ''),
      -4,
    );
    expect(text).not.toContain('PRIVATE KEY');
  });

  it('is told of a domain with its record', () => {
    const linked = nodes.find((node) => node.kind === 'domain' && node.containerId !== null);
    expect(linked).toMatchObject({ record: { type: 'linked', value: null }, certificateIsOwn: false });
  });
});
