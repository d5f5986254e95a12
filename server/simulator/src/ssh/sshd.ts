import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const SSHD = '/usr/sbin/sshd';
/** Privilege separation directory; systemd creates it, but containers have no systemd. */
const SEPARATION_DIRECTORY = '/run/sshd';

export function hasSshd(): boolean {
  return existsSync(SSHD);
}

export function prepareSshd(): void {
  if (!hasSshd())
    throw new Error(`ssh: expected OpenSSH's server at ${SSHD}, found none (Debian: openssh-server)`);
  if (process.getuid?.() === 0) mkdirSync(SEPARATION_DIRECTORY, { recursive: true, mode: 0o755 });
}

export type SshdFiles = {
  /** The instance's own, unreadable to others. */
  folder: string;
  instanceId: string;
  /** PEM of the host's private key. */
  hostKey: string;
  /** Lines of `authorized_keys`. */
  authorizedKeys: readonly string[];
};

export function writeSshdFiles({ folder, instanceId, hostKey, authorizedKeys }: SshdFiles): string {
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  return write(
    'sshd_config',
    [
      `HostKey ${write('host_key', hostKey)}`,
      `AuthorizedKeysFile ${write('authorized_keys', `${authorizedKeys.join('\n')}\n`)}`,
      `AllowUsers ${userInfo().username}`,
      // StrictModes refuses keys below /tmp, which everybody may write to.
      'StrictModes no',
      'AuthenticationMethods publickey',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      // PAM's session modules expect a booted machine.
      'UsePAM no',
      'PermitUserRC no',
      'DisableForwarding yes',
      'PrintMotd no',
      'PidFile none',
      'LogLevel ERROR',
      `SetEnv SIM_INSTANCE=${instanceId}`,
      '',
    ].join('\n'),
  );
}

/** Serves one connection as inetd would (sshd(8), `-i`); detached, so that Ctrl-C does not reach it. */
export function serveConnection(socket: Socket, config: string): ChildProcess {
  const child = spawn(SSHD, ['-i', '-e', '-f', config], {
    stdio: [socket, socket, 'inherit'],
    detached: true,
  });
  // The child has its own copy of the descriptor.
  socket.destroy();
  return child;
}
