import { parseArgs } from 'node:util';

import { complain, runCommand, say } from './command-line.ts';
import { readConfig } from './config.ts';
import { createRecordSignature } from './lib/record-signature.ts';
import { checkLogLines } from './store/activity-log-lines.ts';
import { verifyChain } from './store/activity-verify.ts';
import { openToRead } from './store/read-only.ts';
import { readSecrets } from './store/session-secret.ts';

const USAGE = `Verifies the record of activity, also while the server runs; DATA_DIR or DATABASE_URL says where it is.
  --head HASH   looks for a head that was told outside: in the log, by the webhook or on the page Activity
  --log FILE    checks the signatures of entries that only the log could take, while the store failed`;

/** Exit codes: 0 holds, 1 does not hold or lacks the head, 2 could not be read. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { head: { type: 'string' }, log: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    say(USAGE);
    return 0;
  }
  const wanted = values.head?.toLowerCase();
  if (wanted !== undefined && !/^[0-9a-f]{64}$/.test(wanted)) {
    complain('--head: expected the 64 hexadecimal digits of a hash.');
    return 2;
  }
  const config = readConfig(process.env);
  const store = openToRead(config);
  try {
    const secrets = await readSecrets(config);
    if (secrets === null) say('Without the session secret no summary of removed entries can be checked.');
    const signature = createRecordSignature(secrets ?? ['']);
    const check = await verifyChain(store.db, { signature, wanted });
    const { entries, end, fault, read, failed, removedTo, found } = check;
    if (removedTo > 0) say(`Entries 1 to ${removedTo} were removed, as a signed summary says.`);
    if (fault === null) say(`The chain holds up to entry ${end.entry}, the last: ${end.hash}`);
    else {
      say(`The chain holds up to entry ${end.entry} of ${entries}.`);
      say(`Entry ${fault.entry} is the first that does not hold. ${fault.why}`);
    }
    if (wanted !== undefined) {
      const lost =
        removedTo > 0 ? ' It may be of one that was removed.' : ' The record was cut or made anew since.';
      say(found === null ? `The head is in no entry.${lost}` : `The head is that of entry ${found}.`);
    }
    const lines = values.log === undefined ? null : await checkLogLines(values.log, signature);
    if (lines !== null)
      say(`${lines.signed} entries in the log, ${lines.forged.length} with a false signature`);
    for (const line of lines?.forged ?? []) say(`Line ${line} of the log was changed or made up.`);
    say(`${read} entries, ${read - Math.min(failed, read)} verified, ${failed} failed`);
    const isFound = wanted === undefined || found !== null;
    return fault === null && isFound && (lines?.forged ?? []).length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

await runCommand(main);
