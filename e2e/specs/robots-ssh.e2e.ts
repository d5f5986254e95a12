import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { hasSshd } from '../../scripts/lib/sshd.ts';
import { expect, test } from '../fixtures.ts';
import {
  waitUntilReady,
  openDialog,
  panel,
  quietRobot,
  sendBooking,
  downloadKey,
  terminate,
} from '../robots.ts';

test.use({ speed: 20, ssh: true, host: '127.0.0.1' });
test.skip(!hasSshd() && !process.env['CI'], 'OpenSSH’s server is not on this machine');

/** Runs a command in a shell with this home folder. */
function inShell(home: string, command: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile('bash', ['-c', command], { env: { ...process.env, HOME: home } }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

async function commandsOf(page: Page): Promise<{ protect: string; pin: string; login: string }> {
  const shown = panel(page, 'Connect').getByRole('listitem').locator('pre');
  await expect(shown).toHaveCount(3);
  const [protect = '', pin = '', login = ''] = await shown.allTextContents();
  // The simulator's sshd runs as the current user, where a real robot has root.
  return { protect, pin, login: login.replace('root@', `${userInfo().username}@`) };
}

/** Makes ssh non-interactive, with a timeout in seconds. */
const batch = (login: string, command: string, seconds = 30): string =>
  `${login.replace(/^ssh /, `ssh -F none -o BatchMode=yes -o ConnectTimeout=${seconds} -o GlobalKnownHostsFile=none `)} '${command}'`;

test('the key made at booking gets into the robot by the page’s own commands, and no other host does', async ({
  page,
  signInAs,
}) => {
  const home = await mkdtemp(path.join(tmpdir(), 'cyclorama-home-'));
  await signInAs('operator');
  await openDialog(page, await quietRobot(page, 'us:cali'));
  const key = await downloadKey(page);
  await mkdir(path.join(home, 'Downloads'));
  await copyFile(key.path, path.join(home, 'Downloads', key.fileName));
  await sendBooking(page);
  await waitUntilReady(page);

  const { protect, pin, login } = await commandsOf(page);
  expect(login).toContain('-o StrictHostKeyChecking=yes');
  expect(await inShell(home, protect)).toMatchObject({ code: 0 });
  expect(await inShell(home, pin)).toMatchObject({ code: 0 });
  expect((await inShell(home, batch(login, 'true', 2))).err).toMatch(/timed out/i);

  await panel(page, 'Firewall').getByRole('button', { name: 'Allow my address (127.0.0.1)' }).click();
  await expect(panel(page, 'Firewall').getByRole('list', { name: 'Firewall rules' })).toBeVisible();
  const booking = await page.request.get(`/api/bookings/${path.basename(page.url())}`);
  const { instanceId } = (await booking.json()) as { instanceId: string };
  expect(await inShell(home, batch(login, 'echo $SIM_INSTANCE'))).toMatchObject({
    code: 0,
    out: `${instanceId}\n`,
  });

  const [, knownHosts = ''] = /UserKnownHostsFile=~\/(\S+)/.exec(login) ?? [];
  const file = path.join(home, knownHosts);
  const pinned = await readFile(file, 'utf8');
  const forged = path.join(home, 'forged');
  await inShell(home, `ssh-keygen -q -t ecdsa -N '' -f ${forged}`);
  const [kind = '', blob = ''] = (await readFile(`${forged}.pub`, 'utf8')).split(' ');
  await writeFile(file, `${pinned.split(' ')[0]} ${kind} ${blob}\n`);
  const refused = await inShell(home, batch(login, 'true'));
  expect([refused.code, refused.err]).toEqual([255, expect.stringMatching(/Host key verification failed/)]);

  await writeFile(file, pinned);
  await terminate(page);
  expect((await inShell(home, batch(login, 'true'))).err).toMatch(/refused/i);
  await rm(home, { recursive: true });
});
