/// <reference lib="dom" />
// `npm run bench -- live`: from a change in the simulated world to the changed word on the page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { accountOf } from '../lib/accounts.ts';
import { answers, freePort, startNode, startSimulator, stop, waitFor } from '../lib/processes.ts';
import { launchBrowser } from './topology-page.ts';

const ROUNDS = 20;

type Node = { id: string; kind: string; isFunction?: boolean; isOwn?: boolean; service?: string | null };
/** The Playwright calls that this bench needs beyond the topology bench's. */
type LivePage = {
  goto(url: string): Promise<unknown>;
  evaluate<T, A>(script: (argument: A) => T | Promise<T>, argument: A): Promise<T>;
  waitForSelector(selector: string): Promise<unknown>;
  request: {
    post(url: string, options: { data: object }): Promise<{ ok(): boolean }>;
    get(url: string): Promise<{ json(): Promise<unknown> }>;
  };
};

function paintedAt(): Promise<number> {
  return new Promise((resolve) => {
    const seen = () => /Stopp(ing|ed)/.test(document.querySelector('main')?.textContent ?? '');
    const watch = new MutationObserver(() => {
      if (!seen()) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(Date.now()), 0));
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

async function change(control: string, kind: string, id: string): Promise<void> {
  const body = JSON.stringify({ kind, id });
  const response = await fetch(`${control}/events`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the simulator refused ${kind}: ${await response.text()}`);
}

async function oneRound(page: LivePage, url: string, control: string, id: string): Promise<number> {
  await page.goto(`${url}/instances/${id}`);
  await page.waitForSelector('text=Running');
  const painted = page.evaluate(paintedAt, undefined);
  const begun = Date.now();
  await change(control, 'instance.stop', id);
  return (await painted) - begun;
}

export async function run(): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-bench-'));
  const simulator = await startSimulator([], path.join(scratch, 'upstreams.env'));
  const port = await freePort(23_000);
  const url = `http://localhost:${port}`;
  const env: Record<string, string> = {
    ...simulator.env,
    PORT: String(port),
    DATA_DIR: scratch,
    LOG_LEVEL: 'error',
  };
  const server = startNode('server/src/main.ts', [], env, 'server');
  const browser = await launchBrowser();
  try {
    await waitFor('the server', () => answers(`${url}/readyz`), server);
    const page = (await browser.newPage({ viewport: { width: 1440, height: 900 } })) as unknown as LivePage;
    await page.request.post(`${url}/api/session`, { data: accountOf(env, 'admin') });
    const { nodes } = (await (await page.request.get(`${url}/api/topology`)).json()) as { nodes: Node[] };
    const times: number[] = [];
    const plain = nodes.filter((node) => node.kind === 'instance' && !node.isFunction && !node.service);
    for (const { id } of plain) {
      if (times.length === ROUNDS) break;
      const detail = (await (await page.request.get(`${url}/api/instances/${id}`)).json()) as {
        instance: { state: { current: string }; name: string };
      };
      if (detail.instance.state.current !== 'running') continue;
      times.push(await oneRound(page, url, env['SIM_CONTROL_URL'] ?? '', id));
      await change(env['SIM_CONTROL_URL'] ?? '', 'instance.start', id).catch(() => undefined);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
    console.log(
      `change to pixel, ${times.length} rounds: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`,
    );
  } finally {
    await browser.close();
    await stop(server);
    await stop(simulator.child);
    rmSync(scratch, { recursive: true, force: true });
  }
}
