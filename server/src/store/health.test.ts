import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, describe, expect, it, vi } from 'vitest';

import { postgresBinaries, startPostgres } from '../testing/postgres.fixture.ts';
import { openStore } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'cyclorama-store-health-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const large = 'x'.repeat(1_000_000);
const fullDisk = {
  code: 'store-unavailable',
  message: expect.stringContaining('The disk that holds the data is full.'),
};
const away = { code: 'store-unavailable', message: expect.stringContaining('The database does not answer.') };

describe('a disk that fills while the server runs', () => {
  it('is told in a sentence, leaves reading alone, floods no log, and is over by itself', async () => {
    const lines: unknown[][] = [];
    const logger = { warn: (...line: unknown[]) => void lines.push(line) };
    const store = await openStore({ dataDir: join(folder, 'full'), retryMs: 50 }, logger);
    const { db, health, commit } = store;
    const changes: (string | null)[] = [];
    health.onChange((fault) => changes.push(fault?.kind ?? null));
    await writeSetting(db, 'kept', 'value');
    // SQLite reports SQLITE_FULL at this limit, as on a full disk.
    await sql`pragma max_page_count = 1`.execute(db);

    const inTransaction = db.transaction().execute((within) => writeSetting(within, 'large', large));
    await expect(inTransaction).rejects.toMatchObject(fullDisk);
    await expect(commit((within) => writeSetting(within, 'large', large))).rejects.toMatchObject(fullDisk);
    for (let i = 0; i < 20; i += 1)
      await expect(writeSetting(db, 'large', large)).rejects.toMatchObject(fullDisk);
    expect(await readSetting(db, 'kept')).toBe('value');
    expect(health.fault).toMatchObject({ kind: 'full', hint: expect.stringContaining('DATA_DIR') });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(lines).toHaveLength(1);

    await sql`pragma max_page_count = 1000000`.execute(db);
    await vi.waitFor(() => expect(health.fault).toBeNull());
    expect(changes).toEqual(['full', null]);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toEqual([
      expect.objectContaining({ failures: expect.any(Number) }),
      'the store works again',
    ]);
    const [summary] = lines[1] as [{ failures: number }];
    expect(summary.failures).toBeGreaterThanOrEqual(22);
    await writeSetting(db, 'large', large);
    expect(await readSetting(db, 'store.probe')).toBeNull();
    await store.close();
  });

  it('is noticed by nobody writing, too', async () => {
    let free = 0;
    const where = { dataDir: join(folder, 'idle'), retryMs: 20, free: () => Promise.resolve(free) };
    const store = await openStore(where, { warn: () => undefined });
    await vi.waitFor(() => expect(store.health.fault).toMatchObject({ kind: 'full' }));
    free = 1e9;
    await vi.waitFor(() => expect(store.health.fault).toBeNull());
    await store.close();
  });
});

const binaries = postgresBinaries();

describe.skipIf(binaries === null)('a database that goes away', () => {
  it('is told in a sentence, floods no log, and is over by itself', { timeout: 60_000 }, async () => {
    const postgres = await startPostgres(binaries ?? '');
    const socketName = '.s.PGSQL.5432';
    await vi.waitFor(() => expect(existsSync(join(postgres.folder, socketName))).toBe(true), 20_000);
    const relayFolder = join(folder, 'relay');
    mkdirSync(relayFolder);
    const open = new Set<Socket>();
    const relay = createServer((client) => {
      const server = connect(join(postgres.folder, socketName));
      for (const socket of [client, server]) {
        open.add(socket);
        socket.on('error', () => undefined).on('close', () => (client.destroy(), server.destroy()));
      }
      client.pipe(server).pipe(client);
    });
    const listen = () => new Promise<void>((done) => relay.listen(join(relayFolder, socketName), done));
    await listen();
    const lines: unknown[][] = [];
    const logger = { warn: (...line: unknown[]) => void lines.push(line) };
    const databaseUrl = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(relayFolder)}`;
    const store = await openStore({ databaseUrl, retryMs: 100 }, logger);
    await writeSetting(store.db, 'kept', 'value');
    lines.length = 0;

    const closed = new Promise((done) => relay.close(done));
    for (const socket of open) socket.destroy();
    await closed;
    await vi.waitFor(() => expect(readSetting(store.db, 'kept')).rejects.toMatchObject(away));
    for (let i = 0; i < 20; i += 1) await expect(readSetting(store.db, 'kept')).rejects.toMatchObject(away);
    const within = store.db.transaction().execute((db) => writeSetting(db, 'kept', 'other'));
    await expect(within).rejects.toMatchObject(away);
    expect(store.health.fault).toMatchObject({ kind: 'away' });
    expect(lines).toHaveLength(1);

    await listen();
    await vi.waitFor(() => expect(store.health.fault).toBeNull(), 10_000);
    expect(lines).toHaveLength(2);
    expect(await readSetting(store.db, 'kept')).toBe('value');
    await store.close();
    await new Promise((done) => relay.close(done));
    await postgres.stop();
  });
});

describe('a store that can’t be opened', () => {
  const logger = { warn: () => undefined };

  it('says that its file is damaged and what to do', async () => {
    const dataDir = join(folder, 'damaged');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'cyclorama.sqlite'), 'no database at all '.repeat(500));
    await expect(openStore({ dataDir }, logger)).rejects.toMatchObject({
      name: 'StoreError',
      message: expect.stringMatching(/The data file is damaged\. .*backup/),
    });
  });

  // Nobody may create a folder there, not even root.
  it.skipIf(process.platform !== 'linux')(
    'says that its folder can’t be written and what to do',
    async () => {
      await expect(openStore({ dataDir: '/sys/cyclorama' }, logger)).rejects.toMatchObject({
        name: 'StoreError',
        message: expect.stringMatching(/The data can’t be written\. Give the user .* DATA_DIR/),
      });
    },
  );

  it('says that its folder is none', async () => {
    const dataDir = join(folder, 'a-file');
    writeFileSync(dataDir, '');
    await expect(openStore({ dataDir }, logger)).rejects.toMatchObject({
      name: 'StoreError',
      message: expect.stringContaining(`The data in ${dataDir} (DATA_DIR) can’t be used`),
    });
  });
});
