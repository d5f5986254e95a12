import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { startTestServer } from '../../testing/server.fixture.ts';
import type { TestServer } from '../../testing/server.fixture.ts';
import { hasPrometheus, PROMTOOL, startPrometheus } from './prometheus.fixture.ts';
import type { Scraping } from './prometheus.fixture.ts';

const deploy = fileURLToPath(new URL('../../../../deploy', import.meta.url));
const RULES = path.join(deploy, 'prometheus-rules.yaml');
const TOKEN = 'p'.repeat(40);

type Panel = { title: string; targets?: { expr: string }[] };
type Dashboard = { panels: Panel[]; templating: { list: { definition?: string }[] } };
type Rule = { name: string; query: string; health: string; lastError?: string };

/** What Grafana puts in for its variables. */
const filledIn = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '1m').replaceAll('$job', 'cyclorama').replaceAll('$container', '.*');

const dashboard = JSON.parse(readFileSync(path.join(deploy, 'grafana-dashboard.json'), 'utf8')) as Dashboard;
const drawn = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }): [string, string] => [title, filledIn(expr)]),
);

describe.skipIf(!hasPrometheus)('what Prometheus is given', () => {
  let server: TestServer;
  let prometheus: Scraping;
  beforeAll(async () => {
    server = await startTestServer({ env: { METRICS_TOKEN: TOKEN, METRICS_INSTANCES: 'on' } });
    prometheus = await startPrometheus(server.url, TOKEN, RULES);
    const vera = await server.signIn('vera');
    // Two scrapes make a rate, and requests are what some of them count.
    await vi.waitFor(
      async () => {
        await vera.get('/api/overview');
        const scrapes = await prometheus.query('sum(rate(cyclorama_http_requests_total[1m])) > 0');
        const samples = await prometheus.query('cyclorama_collector_last_sample_timestamp_seconds');
        if (scrapes.length === 0 || samples.length === 0) throw new Error('nothing is scraped yet');
      },
      { timeout: 60_000, interval: 500 },
    );
  }, 120_000);
  afterAll(async () => {
    await prometheus.stop();
    await server.close();
  });

  it('is scraped without an error', async () => {
    const { activeTargets } = await prometheus.api<{
      activeTargets: { health: string; lastError: string }[];
    }>('targets');
    expect(activeTargets).toMatchObject([{ health: 'up', lastError: '' }]);
  });

  it('has a value for each expression of the dashboard', async () => {
    expect(drawn.length).toBeGreaterThan(30);
    for (const [title, expr] of drawn)
      await vi.waitFor(async () => expect([title, await prometheus.query(expr)]).not.toEqual([title, []]), {
        timeout: 30_000,
        interval: 500,
      });
  });

  it('has values for each variable of the dashboard', async () => {
    for (const { definition } of dashboard.templating.list) {
      const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(definition ?? '') ?? [];
      if (series === undefined || label === undefined) continue;
      const found = await prometheus.query(`count by (${label}) (${filledIn(series)})`);
      expect(found[0]?.metric[label]).toBeTruthy();
    }
  });

  it('evaluates each rule, of series there are, and alerts of nothing while all is well', async () => {
    const { groups } = await prometheus.api<{ groups: { rules: Rule[] }[] }>('rules');
    const rules = groups.flatMap(({ rules: each }) => each);
    expect(rules.length).toBe(readFileSync(RULES, 'utf8').match(/- alert: /g)?.length);
    for (const { name, query, lastError = '' } of rules) {
      expect([name, lastError]).toEqual([name, '']);
      for (const [series] of query.matchAll(/\b(?:cyclorama|nodejs|process)_\w+/g))
        expect([name, series, await prometheus.query(`count(${series})`)]).not.toEqual([name, series, []]);
    }
    expect(await prometheus.query('ALERTS{alertstate="firing"}')).toEqual([]);
  });

  it('has rules that fire when they should and only then', () => {
    const check = (...args: string[]) => execFileSync(PROMTOOL, args, { cwd: deploy, encoding: 'utf8' });
    expect(check('check', 'rules', '--lint-fatal', 'prometheus-rules.yaml')).toContain('SUCCESS');
    expect(check('test', 'rules', 'prometheus-rules.test.yaml')).toContain('SUCCESS');
    const alerts = (file: string, pattern: RegExp) =>
      new Set([...readFileSync(path.join(deploy, file), 'utf8').matchAll(pattern)].map(([, name]) => name));
    const tried = alerts('prometheus-rules.test.yaml', /alertname: (\w+)\n\s+exp_alerts:/g);
    expect(tried).toEqual(alerts('prometheus-rules.yaml', /alert: (\w+)/g));
  });
});
