import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

import { complain, describeTables, runCommand, say } from './command-line.ts';
import { readConfig } from './config.ts';
import { backUp } from './store/transfer/backup.ts';
import { stamp } from './store/transfer/restore.ts';

const USAGE = `Backs up the store of DATA_DIR or DATABASE_URL, also while servers run.
  --to FILE   where to; by default backups/cyclorama-TIME.sqlite in DATA_DIR; - writes it to standard output
The session secret is not in it: keep SESSION_SECRET, or session-secret in DATA_DIR, somewhere else.`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { to: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help === true) {
    say(USAGE);
    return 0;
  }
  const config = readConfig(process.env);
  if (values.to === '-') return toOutput(config);
  const file = resolve(values.to ?? join(config.dataDir, 'backups', `cyclorama-${stamp()}.sqlite`));
  const made = await backUp(config, file);
  say(`${file}: ${describeTables(made)}`);
  return 0;
}

/** What is said goes to standard error. */
async function toOutput(config: { dataDir: string; databaseUrl: string | null }): Promise<number> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(join(config.dataDir, '.backup-'));
  try {
    const file = join(scratch, 'store.sqlite');
    const made = await backUp(config, file);
    await pipeline(createReadStream(file), process.stdout, { end: false });
    complain(describeTables(made));
    return 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

await runCommand(main);
