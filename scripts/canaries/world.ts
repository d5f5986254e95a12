import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { answers, freePort, startNode, startSimulator, stop, waitFor } from '../lib/processes.ts';
import type { Upstream } from './fields.ts';
import type { Canaries } from './plant.ts';
import { startRelay } from './relay.ts';
import type { Mode, Relay } from './relay.ts';

export type World = {
  url: string;
  env: Readonly<Record<string, string>>;
  /** From now on. */
  setMode(mode: Mode): void;
  /** Everything the server has written to its output. */
  log(): string;
  /** Names and contents of what lies in the folder of its store. */
  files(): [name: string, content: string][];
  close(): Promise<void>;
};

/** Robots start in seconds. */
const SPEED = '20';
const FIRST_PORT = 24_600;

/** A server whose upstreams all answer through relays that plant canaries. */
export async function startWorld(canaries: Canaries, profile: string): Promise<World> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-canaries-'));
  const dataDir = path.join(scratch, 'data');
  mkdirSync(dataDir);
  const simulator = await startSimulator(
    ['--seed', '7', '--profile', profile, '--speed', SPEED],
    path.join(scratch, 'upstreams.env'),
  );
  let mode: Mode = 'plant';
  const { env } = simulator;
  const relay = (upstream: Upstream, to: Relay['place'], at: Relay['place']): Promise<Relay> =>
    startRelay({ upstream, to, at, canaries, mode: () => mode });
  const placeOf = (name: string): { host: string; port: number } => {
    const { hostname, port } = new URL(env[name] ?? '');
    return { host: hostname, port: Number(port) };
  };
  const web = (upstream: Upstream, name: string): Promise<Relay> =>
    relay(upstream, placeOf(name), { host: '127.0.0.1', port: 0 });
  const socketPath = path.join(scratch, 'api.sock');
  const [address = '127.0.0.1'] = (env['SCHEDULER_ADDRESSES'] ?? '').split(',');
  const scheduler = { host: address, port: placeOf('SCHEDULER_URL').port };
  const relays = {
    cycle: await relay('cycle', { socketPath: env['CYCLE_API_SOCKET'] ?? '' }, { socketPath }),
    scheduler: await relay('scheduler', scheduler, { host: address, port: 0 }),
    rerobots: await web('rerobots', 'REROBOTS_API_URL'),
    platform: await web('platform', 'CYCLE_PLATFORM_URL'),
  };
  const urlOf = ({ place }: Relay): string => ('port' in place ? `http://${place.host}:${place.port}` : '');

  const port = await freePort(FIRST_PORT);
  const url = `http://127.0.0.1:${port}`;
  const child = startNode(
    'server/src/main.ts',
    [],
    {
      ...env,
      CYCLE_API_SOCKET: socketPath,
      SCHEDULER_URL: urlOf(relays.scheduler),
      SCHEDULER_ADDRESSES: address,
      REROBOTS_API_URL: urlOf(relays.rerobots),
      CYCLE_PLATFORM_URL: urlOf(relays.platform),
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      SESSION_SECRET: canaries.of('setting SESSION_SECRET').padEnd(40, '.'),
      LOG_LEVEL: 'debug',
    },
    'server',
  );
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => output.push(chunk.toString('utf8')));
  await waitFor('the server', () => answers(`${url}/readyz`), child);
  return {
    url,
    env,
    setMode: (next) => {
      mode = next;
    },
    log: () => output.join(''),
    files: () =>
      readdirSync(dataDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name, parentPath }) => [name, readFileSync(path.join(parentPath, name), 'latin1')]),
    async close() {
      await stop(child);
      await stop(simulator.child);
      await Promise.all(Object.values(relays).map((each) => each.close()));
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
