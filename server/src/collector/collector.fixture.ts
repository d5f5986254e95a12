import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

import { SETTINGS } from './launch.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

export const COLLECT_SECRET = 'a secret of this test that is long enough';
/** Of the simulator's `SIM_SERVERS`. */
export type ServerAt = { serverId: string; hostname: string; socketPath: string; token: string };
type Row = { instance_id: string; stats: { time: string } };

/** Between the collector and its server's internal API: notes the sample times of each answer it has passed on. */
export async function watchedApi(at: ServerAt) {
  const folder = mkdtempSync(join(tmpdir(), 'cyclorama-api-'));
  const socketPath = join(folder, 'api.sock');
  const answered: { instanceId: string; at: number }[][] = [];
  /** `reading`: answers that are still held back; `holdMs`: for how long. */
  const api = { socketPath, answered, reading: 0, holdMs: 0 };
  const passOn = async (answer: IncomingMessage, response: ServerResponse, path?: string): Promise<void> => {
    const body = await text(answer);
    api.reading += 1;
    await sleep(api.holdMs);
    api.reading -= 1;
    response.writeHead(answer.statusCode ?? 502).end(body);
    if (path !== '/v1/server/instances/telemetry') return;
    const { data } = JSON.parse(body) as { data: Row[] };
    answered.push(
      data.map(({ instance_id, stats }) => ({ instanceId: instance_id, at: Date.parse(stats.time) })),
    );
  };
  const server = createServer((asked, response) => {
    const passed = request(
      { socketPath: at.socketPath, path: asked.url, headers: asked.headers },
      (answer) => void passOn(answer, response, asked.url).catch(() => response.destroy()),
    );
    passed.on('error', () => response.destroy());
    passed.end();
  });
  server.listen(socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return api;
}

/** An address of the dashboard at which it can be away, or take a report and never answer it. */
export async function wayToDashboard() {
  const sockets = new Set<Socket>();
  const way = { mode: 'away' as 'away' | 'open' | 'answers lost', port: 0, url: '', lost: 0 };
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    if (way.mode === 'away') return void socket.destroy();
    const isLossy = way.mode === 'answers lost';
    const onward = connect(way.port, '127.0.0.1');
    onward.on('error', () => socket.destroy());
    socket.pipe(onward);
    if (isLossy)
      onward.once('data', () => {
        way.lost += 1;
        socket.destroy();
        onward.destroy();
      });
    else onward.pipe(socket);
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  way.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return way;
}

type Options = { socketPath: string; token: string; to: string; dataDir: string; everyMs?: number };

/** The collector as a process of its own, as the launch leaves it. */
export function startCollector({ socketPath, token, to, dataDir, everyMs = 100 }: Options) {
  const settings = {
    socketPath,
    instanceId: 'c'.repeat(24),
    to: [to],
    dataDir,
    spoolBytes: 1_048_576,
    everyMs,
    version: '1.2.3',
    logLevel: 'debug',
    isCold: false,
  };
  const child = spawn(process.execPath, [main], {
    env: { CYCLE_API_TOKEN: token, COLLECT_SECRET, [SETTINGS]: JSON.stringify(settings) },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (log += chunk.toString()));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, log: () => log };
}

export async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'close');
  child.kill(signal);
  await ended;
}
