// `npm run hash-password`: reads a password from stdin, unseen, and prints what BREAK_GLASS_PASSWORD_HASH takes.
import { stdin, stderr, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import { hashPassword } from '../server/src/lib/password-hash.ts';

const MIN_LENGTH = 16;

/** From a terminal without an echo, else the first line of what is piped in. */
async function readPassword(): Promise<string> {
  if (stdin.isTTY) stderr.write('Password (not shown): ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: stdin.isTTY });
  for await (const line of lines) {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
    return line;
  }
  return '';
}

const password = await readPassword();
if (password.length < MIN_LENGTH) {
  stderr.write(`The password has ${password.length} characters; expected at least ${MIN_LENGTH}.\n`);
  process.exitCode = 1;
} else {
  stdout.write(`${await hashPassword(password)}\n`);
}
