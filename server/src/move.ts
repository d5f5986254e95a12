import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { allOpen, complain, describeTables, runCommand, say } from './command-line.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { openToRead } from './store/read-only.ts';
import { secretsOf } from './store/session-secret.ts';
import { moveToFolder, moveToPostgres } from './store/transfer/move.ts';

const USAGE = `Copies the store of DATA_DIR to PostgreSQL, or that of DATABASE_URL to a folder, and compares each table.
  --to postgres://…   an empty database; the password may come from PGPASSWORD or ~/.pgpass
  --to DIR            a folder without a store
  --lose-sealed       goes on where SESSION_SECRET is not the one that stored tokens are sealed with
Stop the servers first. The store that is copied is left as it is.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      to: { type: 'string' },
      'lose-sealed': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    say(USAGE);
    return 0;
  }
  const config = readConfig(process.env);
  const { to } = values;
  const isDatabase = to !== undefined && /^postgres(ql)?:\/\//.test(to);
  if (to === undefined || isDatabase !== (config.databaseUrl === null)) {
    complain(
      config.databaseUrl === null
        ? '--to: expected the address of an empty PostgreSQL database, as the store is in DATA_DIR. Folder to folder is backup and restore.'
        : '--to: expected a folder, as the store is in DATABASE_URL. Database to database is backup and restore.',
    );
    return 2;
  }
  if (!(await sealedStaysReadable(config, values['lose-sealed']))) return 2;
  const copied =
    config.databaseUrl === null
      ? await moveToPostgres(config.dataDir, to)
      : await moveToFolder(config.databaseUrl, resolve(to));
  for (const { name, rows, digest } of copied.tables)
    say(`${name.padEnd(24)} ${String(rows).padStart(10)} rows  ${digest.slice(0, 16)}`);
  say(`The same on both sides: ${describeTables(copied)}`);
  say(
    isDatabase
      ? 'Start the server with DATABASE_URL and SESSION_SECRET. The file in DATA_DIR is as it was; delete it once all is well.'
      : 'Start the server with DATA_DIR and SESSION_SECRET, without DATABASE_URL. The database is as it was.',
  );
  return 0;
}

/** With DATABASE_URL a server reads no secret from DATA_DIR. */
async function sealedStaysReadable(config: Config, loseSealed: boolean): Promise<boolean> {
  const store = openToRead(config);
  try {
    return await allOpen(store.db, secretsOf(config.sessionSecrets), loseSealed);
  } finally {
    await store.close();
  }
}

await runCommand(main);
