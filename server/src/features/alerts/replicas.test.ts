import { alertsResponse } from '@cyclorama/shared/alerts.ts';
import type { Alert, AlertRuleRequest } from '@cyclorama/shared/alerts.ts';
import { collectorsResponse } from '@cyclorama/shared/collectors.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import type { Topology } from '@cyclorama/shared/topology.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { openStore } from '../../store/database.ts';
import type { Store } from '../../store/database.ts';
import { postgresBinaries, startPostgres } from '../../testing/postgres.fixture.ts';
import type { TestPostgres } from '../../testing/postgres.fixture.ts';
import { startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { ruleRequest } from './alerts.fixture.ts';

const binaries = postgresBinaries();
const soon = { timeout: 60_000, interval: 200 };
/** More than a server may be silent. */
const SILENT_MS = 130_000;

describe.skipIf(binaries === null)('alerts of two replicas, each on a server of its own', () => {
  let postgres: TestPostgres;
  let stores: Store[];
  let server: TestServer;
  let replica: TestServer;
  let isGone = false;
  let oscar: Browser;
  let late = 0;
  const clock = { now: () => Date.now() + late };

  beforeAll(async () => {
    postgres = await startPostgres(binaries ?? '');
    const open = () => openStore({ databaseUrl: postgres.url }, { warn: () => undefined });
    stores = [await open(), await open()];
    server = await startTestServer({ store: stores[0], clock });
    const [other] = JSON.parse(server.simulator.env['SIM_SERVERS'] ?? '[]') as Record<string, string>[];
    replica = await startTestServer({
      beside: server,
      store: stores[1],
      clock,
      env: { CYCLE_API_SOCKET: other?.['socketPath'], CYCLE_API_TOKEN: other?.['token'] },
    });
    oscar = await server.signIn('oscar');
  }, 120_000);
  afterAll(async () => {
    if (!isGone) await replica.close();
    await server.close();
    await Promise.all(stores.map((store) => store.close()));
    await postgres.stop();
  });

  const make = async (rule: Partial<AlertRuleRequest>): Promise<void> => {
    const body = ruleRequest({ forSeconds: 0, ...rule });
    expect((await oscar.post(paths.alertRules(), { body })).status).toBe(201);
  };
  const fired = async (name: string): Promise<Alert[]> => {
    const answer = await oscar.get(`${paths.alerts()}?limit=1000`);
    return alertsResponse.parse(await answer.json()).alerts.filter(({ rule }) => rule.name === name);
  };
  const readers = async () => {
    const { servers } = collectorsResponse.parse(await (await oscar.get(paths.collectors())).json());
    return servers.filter(({ by }) => by === 'dashboard');
  };

  it('are about what both have measured, one by one and together', async () => {
    await vi.waitFor(async () => expect(await readers()).toHaveLength(2), soon);
    const both = (await readers()).map(({ serverId }) => serverId);
    await make({
      name: 'Used',
      condition: { kind: 'measure', measure: 'memory', than: 'above', threshold: 0 },
    });
    const group = { kind: 'group-measure', of: 'server', by: 'sum', than: 'above', threshold: 0 } as const;
    await make({ name: 'All used', condition: { ...group, measure: 'memory' } });
    const { nodes } = (await (await oscar.get(paths.topology())).json()) as Topology;
    const serverOf = new Map(nodes.map((node) => [node.id, node.kind === 'instance' ? node.serverId : '']));
    await vi.waitFor(async () => {
      const seen = new Set((await fired('Used')).map(({ of }) => serverOf.get(of.id)));
      expect(seen).toEqual(new Set(both));
    }, soon);
    await vi.waitFor(async () => {
      const seen = (await fired('All used')).map(({ of }) => of.id);
      expect(seen.toSorted()).toEqual(both.toSorted());
    }, soon);
  }, 150_000);

  it('tell of a replica that is gone, as of a collector', async () => {
    const before = (await readers()).map(({ serverId }) => serverId);
    await make({ name: 'Silent', condition: { kind: 'collector' } });
    expect(await fired('Silent')).toEqual([]);
    isGone = true;
    await replica.close();
    late = SILENT_MS;
    await vi.waitFor(async () => {
      const [own] = (await readers()).filter(({ state }) => state === 'reporting');
      const gone = before.filter((each) => each !== own?.serverId);
      expect((await fired('Silent')).map(({ of }) => of.id)).toEqual(gone);
    }, soon);
  }, 150_000);
});
