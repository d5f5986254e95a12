import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { createRandom } from '../random.ts';
import { sshHostKeyPair, sshKeyPair } from '../rerobots/keys.ts';
import { startRerobots } from '../rerobots/rerobots.fixture.ts';
import type { TestRerobots } from '../rerobots/rerobots.fixture.ts';
import { createSshHosts } from './ssh-hosts.ts';
import { hasSshd } from './sshd.ts';

const mine = sshKeyPair(createRandom(3), 'me');

async function world(profile: 'observed' | 'documented' = 'observed') {
  const folder = await mkdtemp(join(tmpdir(), 'ssh-test-'));
  const robots = await startRerobots({ profile, ssh: createSshHosts() });
  onTestFinished(async () => {
    await robots.stop();
    await rm(folder, { recursive: true });
  });
  return { robots, folder };
}

/** sshd starts in real time, whatever the clock says. */
async function ready(robots: TestRerobots, body: object) {
  const { json } = await robots.post(`/new/${await robots.freeDeployment()}`, body);
  robots.clock.advance(45_000);
  await vi.waitFor(async () => expect(await robots.status(json.id)).toBe('READY'), { timeout: 30_000 });
  return { launched: json, ...(await robots.get(`/instance/${json.id}`)).json };
}

type Door = { fwd: { port: number }; hostkeys: string[] };

async function sshArguments(folder: string, { fwd, hostkeys }: Door, privateKey: string) {
  const key = join(folder, 'key');
  await rm(key, { force: true });
  await writeFile(key, privateKey);
  await chmod(key, 0o600);
  const known = join(folder, 'known_hosts');
  await writeFile(known, `[127.0.0.1]:${fwd.port} ${hostkeys[0]}\n`);
  const options = [
    'IdentitiesOnly=yes',
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${known}`,
    'GlobalKnownHostsFile=none',
  ].flatMap((option) => ['-o', option]);
  return ['-F', 'none', '-i', key, '-p', String(fwd.port), ...options, `${userInfo().username}@127.0.0.1`];
}

function ssh(args: string[], command: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile('ssh', [...args, command], (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe.skipIf(!hasSshd() && !process.env['CI'])('an instance with a real sshd', { timeout: 60_000 }, () => {
  it('lets its key in, through its firewall, by its own host key, until it is terminated', async () => {
    const { robots, folder } = await world();
    const instance = await ready(robots, { sshkey: mine.publicKey });
    expect(instance.fwd).toEqual({ ipv4: '127.0.0.1', port: expect.any(Number) });
    const args = await sshArguments(folder, instance, mine.privateKey);
    expect((await ssh(['-o', 'ConnectTimeout=2', ...args], 'true')).err).toMatch(/timed out/i);

    await robots.post(`/firewall/${instance.id}`, { src: '127.0.0.1' });
    expect(await ssh(args, 'echo $SIM_INSTANCE')).toEqual({ code: 0, out: `${instance.id}\n`, err: '' });

    // Held open for writing by the command, so that its end is seen here.
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const held = createReadStream(pipe);
    const session = spawn('ssh', [...args, `echo in; exec sleep 600 > ${pipe}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void session.kill());
    await Promise.all([once(session.stdout, 'data'), once(held, 'open')]);
    const ended = once(held.resume(), 'end');
    const over = once(session, 'exit');
    await robots.post(`/terminate/${instance.id}`);
    expect((await over)[0]).toBe(255);
    await ended;
    expect((await ssh(args, 'true')).err).toMatch(/refused/i);
  });

  it('keeps out a stranger’s key, and shows a host key of its own', async () => {
    const { robots, folder } = await world();
    const instance = await ready(robots, { sshkey: mine.publicKey });
    await robots.post(`/firewall/${instance.id}`, { src: '0.0.0.0/0' });
    const stranger = sshKeyPair(createRandom(4), 'stranger').privateKey;
    expect((await ssh(await sshArguments(folder, instance, stranger), 'true')).err).toMatch(
      /Permission denied \(publickey\)/,
    );
    const forged = { ...instance, hostkeys: [sshHostKeyPair(createRandom(5)).publicKey] };
    const refused = await ssh(await sshArguments(folder, forged, mine.privateKey), 'true');
    expect([refused.code, refused.err]).toEqual([255, expect.stringMatching(/Host key verification failed/)]);
  });

  it('lets the generated key in too (observed), or only where none was given (documented)', async () => {
    const { robots, folder } = await world();
    const instance = await ready(robots, { sshkey: mine.publicKey });
    await robots.post(`/firewall/${instance.id}`, { src: '127.0.0.1' });
    const { key } = (await robots.get(`/instance/${instance.id}/sshkey`)).json;
    expect((await ssh(await sshArguments(folder, instance, key), 'true')).code).toBe(0);

    const documented = await world('documented');
    const other = await ready(documented.robots, {});
    await documented.robots.post(`/firewall/${other.id}`, { src: '127.0.0.1' });
    expect((await ssh(await sshArguments(folder, other, other.launched.sshkey), 'true')).code).toBe(0);
  });

  it('hangs up at once where a rule says REJECT', async () => {
    const { robots, folder } = await world();
    const instance = await ready(robots, { sshkey: mine.publicKey });
    await robots.post(`/firewall/${instance.id}`, { src: '127.0.0.1', action: 'REJECT' });
    const args = await sshArguments(folder, instance, mine.privateKey);
    expect((await ssh(args, 'true')).err).toMatch(/connection reset/i);
  });
});
