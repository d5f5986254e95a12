import { createWriteStream, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

import { allOpen, complain, describeTables, runCommand, say } from './command-line.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { openFileToRead } from './store/read-only.ts';
import { readSecrets, secretsOf } from './store/session-secret.ts';
import { checkBackup } from './store/transfer/backup-file.ts';
import { restoreAtNextStart, restoreStore } from './store/transfer/restore.ts';

const USAGE = `Puts a backup in the place of the store of DATA_DIR, or into the empty database of DATABASE_URL.
  --from FILE       what \`npm run backup\` wrote; - reads it from standard input
  --at-next-start   with DATA_DIR, while its server runs: the server takes the backup when it starts again
  --lose-sealed     goes on where the session secret is not the one that stored tokens are sealed with
The store that was in DATA_DIR is kept beside it. Everybody signs in again.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      'at-next-start': { type: 'boolean', default: false },
      'lose-sealed': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    say(USAGE);
    return 0;
  }
  if (values.from === undefined) {
    complain('--from: expected the file of a backup.');
    return 2;
  }
  const config = readConfig(process.env);
  const how = { atNextStart: values['at-next-start'], loseSealed: values['lose-sealed'] };
  if (how.atNextStart && config.databaseUrl !== null) {
    complain('--at-next-start: expected without DATABASE_URL; a database is restored into an empty one.');
    return 2;
  }
  if (values.from !== '-') return restore(config, resolve(values.from), how);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(join(config.dataDir, '.restore-'));
  try {
    const file = join(scratch, 'store.sqlite');
    await pipeline(process.stdin, createWriteStream(file, { mode: 0o600 }));
    return await restore(config, file, how);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

type How = { atNextStart: boolean; loseSealed: boolean };

async function restore(config: Config, file: string, { atNextStart, loseSealed }: How): Promise<number> {
  const backup = await checkBackup(file);
  say(`The backup of ${backup.madeAt} is whole: ${describeTables(backup)}`);
  const opened = openFileToRead(file);
  try {
    // With DATABASE_URL a server reads no secret from DATA_DIR.
    const secrets =
      config.databaseUrl === null ? await readSecrets(config) : secretsOf(config.sessionSecrets);
    if (!(await allOpen(opened.db, secrets, loseSealed))) return 2;
  } finally {
    await opened.close();
  }
  if (atNextStart) {
    await restoreAtNextStart(config.dataDir, file);
    say('The server takes it when it starts again. What is written until then is kept beside it.');
  } else {
    const kept = await restoreStore(config, file);
    say(kept === null ? 'It is restored.' : `It is restored. The store before is kept as ${kept}`);
  }
  say('Everybody signs in again. What was revoked after the backup holds again: see Team and access tokens.');
  return 0;
}

await runCommand(main);
