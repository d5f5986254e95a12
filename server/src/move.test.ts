import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openStore } from './store/database.ts';
import { STORE_FILE } from './store/sqlite-file.ts';
import { writeSamples } from './store/telemetry/head.ts';
import type { Copied } from './store/transfer/copy.ts';
import { moveToFolder, moveToPostgres } from './store/transfer/move.ts';
import { BYTES, fill, logger, seenIn } from './store/transfer/transfer.fixture.ts';
import { sampleRow } from './testing/builders/telemetry.ts';
import { poolOf, postgresBinaries, startPostgres } from './testing/postgres.fixture.ts';
import type { TestPostgres } from './testing/postgres.fixture.ts';
import { TEST_SECRET } from './testing/test-secret.ts';

const script = fileURLToPath(new URL('move.ts', import.meta.url));
const binaries = postgresBinaries();
/** So many that copying them takes a moment, in which it is killed. */
const SAMPLES = 15_000;
const KILLS = 3;
const MOST_TRIES = 12;
/** Of a machine that copies faster each try that came too late halves it. */
const windowAfter = (tooLate: number): number => 400 / 2 ** tooLate;
const TIMEOUT_MS = 240_000;
const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => String(error),
  );
const whole = { fault: null, entries: 2, kept: 'one', bytes: [BYTES], sessions: 1 };

describe.skipIf(binaries === null)('a move that is killed in the middle', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'cyclorama-move-'));
  const newFolder = (): string => mkdtempSync(join(scratch, 'f-'));
  const source = newFolder();
  let postgres: TestPostgres;
  let admin: Pool;
  let databases = 0;
  let copied: Copied;

  beforeAll(async () => {
    postgres = await startPostgres(binaries ?? '');
    const store = await openStore({ dataDir: source }, logger);
    await fill(store, 'one');
    const samples = Array.from({ length: SAMPLES }, (_, at) => sampleRow({ at }));
    await writeSamples(store.db, samples, []);
    await store.close();
    // Waits until the server answers.
    await (await openStore({ databaseUrl: postgres.url }, logger)).close();
    admin = poolOf(postgres.url);
    copied = await moveToPostgres(source, await newDatabase());
  }, TIMEOUT_MS);
  afterAll(async () => {
    await admin.end();
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  const newDatabase = async (): Promise<string> => {
    const name = `m${(databases += 1)}`;
    await admin.query(`create database ${name}`);
    return postgres.url.replace('/postgres?', `/${name}?`);
  };
  const begin = (env: Record<string, string>, to: string): ChildProcess =>
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, '--to', to], {
      env: { PATH: process.env['PATH'], SESSION_SECRET: TEST_SECRET, ...env },
      stdio: 'ignore',
    });
  /** At a random moment after `isCopying`; false where it was over by then. */
  const killWithin = async (
    child: ChildProcess,
    isCopying: () => Promise<boolean>,
    windowMs: number,
  ): Promise<boolean> => {
    const ended = once(child, 'exit');
    while (child.exitCode === null && !(await isCopying())) await sleep(2);
    await sleep(Math.random() * windowMs);
    child.kill('SIGKILL');
    await ended;
    return child.signalCode === 'SIGKILL';
  };
  const isConnected = async (): Promise<boolean> => {
    const { rowCount } = await admin.query(
      `select 1 from pg_stat_activity where application_name like '%-copy' and state is not null`,
    );
    return rowCount !== 0;
  };
  const holds = async (where: { dataDir: string } | { databaseUrl: string }): Promise<void> => {
    const store = await openStore(where, logger);
    expect(await seenIn(store)).toEqual(whole);
    const { count } = await store.db
      .selectFrom('telemetry_samples')
      .select((of) => of.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(SAMPLES);
    await store.close();
  };

  it(
    'leaves the file whole, and in PostgreSQL nothing or everything',
    async () => {
      let cutShort = 0;
      const outcomes: unknown[] = [];
      for (let nth = 0; cutShort < KILLS && nth < MOST_TRIES; nth += 1) {
        const dataDir = newFolder();
        cpSync(source, dataDir, { recursive: true });
        const url = await newDatabase();
        const window = windowAfter(nth - cutShort);
        if (await killWithin(begin({ DATA_DIR: dataDir }, url), isConnected, window)) cutShort += 1;
        // The server ends the transaction of a process that is gone.
        await expect.poll(isConnected, { timeout: 60_000 }).toBe(false);
        await holds({ dataDir });
        outcomes.push(
          await moveToPostgres(dataDir, url).then(
            ({ tables }) => tables,
            (error: unknown) => String(error),
          ),
        );
        await holds({ databaseUrl: url });
      }
      expect(cutShort).toBe(KILLS);
      const isWhole = /is not empty: .* Make a new database for this/;
      for (const outcome of outcomes)
        expect([copied.tables, expect.stringMatching(isWhole)]).toContainEqual(outcome);
    },
    TIMEOUT_MS,
  );

  it(
    'leaves the database whole, and a folder with all of it, or one that no server begins anew in',
    async () => {
      const url = await newDatabase();
      await moveToPostgres(source, url);
      let unfinished = 0;
      const refusals: string[] = [];
      const again: Copied['tables'][] = [];
      for (let nth = 0; unfinished < KILLS && nth < MOST_TRIES; nth += 1) {
        const dataDir = newFolder();
        const child = begin({ DATABASE_URL: url }, dataDir);
        const isThere = () => Promise.resolve(existsSync(join(dataDir, `${STORE_FILE}.moving`)));
        await killWithin(child, isThere, windowAfter(nth - unfinished));
        await expect.poll(isConnected, { timeout: 60_000 }).toBe(false);
        if (!existsSync(join(dataDir, STORE_FILE))) {
          unfinished += 1;
          refusals.push(await refusalOf(openStore({ dataDir }, logger)));
          again.push((await moveToFolder(url, dataDir)).tables);
        }
        await expect(moveToFolder(url, dataDir)).rejects.toThrow(/has a store already/);
        await holds({ dataDir });
      }
      expect(unfinished).toBe(KILLS);
      const refusal = /A move of a store into .* did not come to its end\. .* again/;
      expect(refusals).toEqual(refusals.map(() => expect.stringMatching(refusal)));
      expect(again).toEqual(again.map(() => copied.tables));
      await holds({ databaseUrl: url });
    },
    TIMEOUT_MS,
  );
});
