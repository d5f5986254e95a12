import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { nodeFlags, root } from '../lib/processes.ts';
import type { Answer } from './push-clients.ts';

export type LineProcess = { child: ChildProcess; next: () => Promise<string>; say: (line: string) => void };

function lines(command: string, args: string[]): LineProcess {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const input = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async next() {
      const { value, done } = await input.next();
      if (done === true) throw new Error(`${path.basename(command)} ended without an answer`);
      return value;
    },
    say: (line) => void child.stdin.write(`${line}\n`),
  };
}

export type Clients = { open(count: number): Promise<Answer>; count(): Promise<Answer>; close(): void };

/** Without a cookie they only connect and read. */
export function startClients(port: number, cookie: string): Clients {
  const script = path.join(root, 'scripts/bench/push-clients.ts');
  const { child, next, say } = lines(process.execPath, [...nodeFlags, '--', script, String(port), cookie]);
  const ask = async (line: string): Promise<Answer> => {
    say(line);
    return JSON.parse(await next()) as Answer;
  };
  return {
    open: (count) => ask(`open ${count}`),
    count: () => ask('count'),
    close: () => void child.kill(),
  };
}

/** Microseconds of CPU per write, of a C loop built in `folder`; null without a C compiler. */
export async function measureLimit(
  folder: string,
  { clients, ticks, bytes }: { clients: number; ticks: number; bytes: number },
): Promise<number | null> {
  const program = path.join(folder, 'push-limit');
  const source = path.join(root, 'scripts/bench/push-limit.c');
  if (spawnSync('cc', ['-O2', '-o', program, source]).status !== 0) return null;
  const loop = lines(program, [clients, ticks, bytes].map(String));
  const readers = startClients(Number(await loop.next()), '');
  try {
    await readers.open(clients);
    loop.say('go');
    const [micros] = (await loop.next()).split(' ');
    return Number(micros);
  } finally {
    readers.close();
    loop.child.kill();
  }
}

/** CPU seconds a process has used, and its resident memory in MB (10^6 bytes); read from Linux's /proc. */
export function usageOf(pid: number): { cpu: number; memory: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const [, kB] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  // Clock ticks are 1/100 s on every Linux.
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, memory: (Number(kB) * 1024) / 1e6 };
}
