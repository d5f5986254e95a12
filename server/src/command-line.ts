import type { Kysely } from 'kysely';

import { ConfigError } from './config.ts';
import type { Secrets } from './lib/secret-box.ts';
import type { Database } from './store/schema.ts';
import { StoreError } from './store/store-error.ts';
import type { Manifest } from './store/transfer/backup-file.ts';
import { countSealed } from './store/transfer/sealed-check.ts';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Sets the exit code to what `main` returns, and to 2 where it rejects; what was expected is told as one sentence. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    // Node's own have a code: an option it does not know, a file that is not there.
    const isNodes = error instanceof Error && 'code' in error;
    const isExpected = isNodes || error instanceof ConfigError || error instanceof StoreError;
    const told = error instanceof Error ? (isExpected ? error.message : error.stack) : undefined;
    complain(told ?? String(error));
    process.exitCode = 2;
  }
}

export function describeTables({ level, tables }: Pick<Manifest, 'level' | 'tables'>): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${tables.length} tables, ${rows.toLocaleString('en')} rows, at ${level}`;
}

/** Says how many sealed values there are, and where some can't be opened, what that means; false: better not go on. */
export async function allOpen(
  db: Kysely<Database>,
  secrets: Secrets | null,
  loseSealed: boolean,
): Promise<boolean> {
  const { sealed, unreadable } = await countSealed(db, secrets);
  if (unreadable === 0) {
    if (sealed > 0) say(`${sealed} sealed values, all open with the session secret.`);
    return true;
  }
  complain(
    `${unreadable} of ${sealed} sealed values (claim tokens, variables, the robot token) open with no session secret given here. Set SESSION_SECRET to the one they were sealed with; one that was generated is in session-secret in the DATA_DIR of then.`,
  );
  if (!loseSealed) complain('Nothing was changed. With --lose-sealed it goes on without them.');
  return loseSealed;
}
