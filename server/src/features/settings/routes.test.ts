import { readFileSync, writeFileSync } from 'node:fs';

import { hubActivity } from '@cyclorama/shared/hub-activity.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { environmentSettings, hubResponse, integration, metadataFile } from '@cyclorama/shared/settings.ts';
import { manualClock } from '@cyclorama/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let ada: Browser;
let vera: Browser;
let aheadMs = 0;
beforeAll(async () => {
  server = await startTestServer({
    simulator: { clock: manualClock(Date.now()), seed: 3 },
    clock: { now: () => Date.now() + aheadMs },
  });
  ada = await server.signIn('ada');
  vera = await server.signIn('vera');
});
afterAll(() => server.close());

const secrets = () => [
  ...server.simulator.live.world.accessKeys.map(({ secret }) => secret),
  ...server.simulator.live.world.integrations.flatMap(({ apiKey, keyId }) => [apiKey, keyId]),
  '-SECRET',
];
const holdsSecret = (text: string) => secrets().filter((secret) => text.includes(secret));

describe('the settings of the environment', () => {
  it('are read as Cycle has them, without the secrets among them', async () => {
    const text = await (await vera.get(environmentPaths.settings())).text();
    const settings = environmentSettings.parse(JSON.parse(text));
    const { environment, accessKeys, deploymentTags } = server.simulator.live.world;
    expect(settings).toMatchObject({
      id: environment.id,
      name: environment.name,
      legacyNetworking: false,
      monitoring: {
        tier: 'standard',
        logs: { url: 'https://collect.example/(withheld)', withoutServices: true },
        metricsUrl: 'https://collect.example/(withheld)',
        eventsUrl: null,
      },
      vpn: { allowInternet: false, cycleAccounts: true, vpnAccounts: true, webhook: null },
      deploymentTags: Object.entries(deploymentTags).map(([tag, version]) => ({ tag, version })),
    });
    expect(settings.scheduler?.accessKeys.map(({ name }) => name)).toEqual(
      accessKeys.map(({ name }) => name),
    );
    expect(holdsSecret(text)).toEqual([]);
  });

  it('tell each controller of the load balancer', async () => {
    const { loadBalancer } = environmentSettings.parse(
      await (await vera.get(environmentPaths.settings())).json(),
    );
    expect(loadBalancer?.controllers).toMatchObject([
      { name: 'port-80', port: 80, tls: false, enabled: true },
      { name: 'port-443', port: 443, tls: true, idleTimeout: '30s', routers: [{ retries: 3, domains: [] }] },
    ]);
  });
});

describe('the metadata file', () => {
  it('is read without its secrets, and says where it is', async () => {
    const text = await (await vera.get(environmentPaths.metadataFile())).text();
    const path = server.simulator.env['CYCLE_METADATA_FILE'] ?? '';
    expect(metadataFile.parse(JSON.parse(text))).toMatchObject({
      path,
      id: server.simulator.live.world.environment.id,
      bytes: readFileSync(path).length,
    });
    expect(holdsSecret(text)).toEqual([]);
  });

  it('that is not what Cycle writes, or is gone, is told plainly', async () => {
    const path = server.simulator.env['CYCLE_METADATA_FILE'] ?? '';
    const before = readFileSync(path);
    writeFileSync(path, '{"id": 7}');
    const odd = await errorOf(await vera.get(environmentPaths.metadataFile()));
    writeFileSync(path, before);
    expect(odd.message).toBe(`The metadata file at ${path} is not what Cycle writes.`);
    const beside = await startTestServer({ beside: server, env: { CYCLE_METADATA_FILE: '/nowhere/file' } });
    const reader = await beside.signIn('vera');
    const gone = await reader.get(environmentPaths.metadataFile());
    await beside.close();
    expect([gone.status, (await errorOf(gone)).message]).toEqual([
      404,
      'There is no metadata file at /nowhere/file, or it can’t be read.',
    ]);
  });
});

describe('the hub and its integrations', () => {
  it('are what Cycle says, the credentials by name only', async () => {
    const { hub, integrations } = server.simulator.live.world;
    expect(hubResponse.parse(await (await vera.get(environmentPaths.hub())).json())).toMatchObject({
      id: hub.id,
      name: hub.name,
    });
    const text = await (await ada.get(`${environmentPaths.integration()}?vendor=backblaze-b2`)).text();
    const found = integration.parse(JSON.parse(text));
    expect(found).toMatchObject({
      id: integrations.find(({ vendor }) => vendor === 'backblaze-b2')?.id,
      identifier: 'backups',
    });
    expect(found.credentials).toContain('api_key');
    expect(holdsSecret(text)).toEqual([]);
  });

  it('are looked up by admins, by something', async () => {
    const none = await ada.get(environmentPaths.integration());
    expect([none.status, (await errorOf(none)).field]).toEqual([400, 'query.identifier']);
    expect((await vera.get(`${environmentPaths.integration()}?vendor=aws`)).status).toBe(403);
    expect((await ada.get(`${environmentPaths.integration()}?vendor=nobody`)).status).toBe(404);
  });
});

describe('hub activity', () => {
  const read = () => vera.get(environmentPaths.hubActivity());

  it('tells who did what to what, by name and without addresses', async () => {
    const { live } = server.simulator;
    const [container] = [...live.world.containers.values()].filter(({ service }) => service === null);
    server.simulator.happen({ kind: 'container.stop', id: container?.id ?? '' });
    const text = await (await read()).text();
    const { entries } = hubActivity.parse(JSON.parse(text));
    expect(entries).toContainEqual(
      expect.objectContaining({
        event: 'container.stop',
        status: 'request',
        by: { kind: 'account', name: 'Ada Keller' },
        on: { kind: 'container', id: container?.id, name: container?.name },
        error: null,
      }),
    );
    expect(['ada@example.com', '203.0.113.44'].filter((address) => text.includes(address))).toEqual([]);
  });

  it('names the capability that the API key lacks', async () => {
    aheadMs += 60_000;
    server.simulator.happen({ kind: 'capabilities.set', capabilities: [] });
    const answer = await read();
    server.simulator.happen({ kind: 'capabilities.set', capabilities: null });
    expect((await errorOf(answer)).message).toBe(
      "The API key of Cycle's public API lacks the capability hubs-auditlog-view.",
    );
  });
});
