import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { vi } from 'vitest';

import { listen } from '../../listen.ts';

export const PROMETHEUS = '/usr/bin/prometheus';
export const PROMTOOL = '/usr/bin/promtool';
/** As Debian's package `prometheus` has them. */
export const hasPrometheus = existsSync(PROMETHEUS) && existsSync(PROMTOOL);

export type Sample = { metric: Record<string, string>; value: [at: number, value: string] };
export type Scraping = {
  /** @throws Error with what Prometheus says of an expression it can't evaluate. */
  query(expr: string): Promise<Sample[]>;
  api<T>(path: string): Promise<T>;
  stop(): Promise<void>;
};

/** A real Prometheus that scrapes `target` each second with the token, and has the rules. */
export async function startPrometheus(target: string, token: string, rules: string): Promise<Scraping> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cyclorama-prometheus-'));
  writeFileSync(path.join(folder, 'token'), token);
  writeFileSync(
    path.join(folder, 'prometheus.yml'),
    JSON.stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [rules],
      scrape_configs: [
        {
          job_name: 'cyclorama',
          honor_labels: true,
          authorization: { credentials_file: path.join(folder, 'token') },
          static_configs: [{ targets: [new URL(target).host] }],
        },
      ],
    }),
  );
  const port = await freePort();
  const child = spawn(
    PROMETHEUS,
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => void child.on('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(
    async () => {
      const isReady = await fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (!isReady) throw new Error(`Prometheus is not ready: ${said.slice(-2_000)}`);
    },
    { timeout: 30_000, interval: 100 },
  );
  const api = async <T>(at: string): Promise<T> => {
    const answer = (await (await fetch(`${url}/api/v1/${at}`)).json()) as { data: T; error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.data;
  };
  return {
    api,
    query: async (expr) =>
      (await api<{ result: Sample[] }>(`query?query=${encodeURIComponent(expr)}`)).result,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const taken = createServer();
  const { port } = await listen(taken, 0, '127.0.0.1');
  await new Promise((resolve) => void taken.close(resolve));
  return port;
}
