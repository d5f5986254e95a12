import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const program = '/usr/sbin/sshd';
/** Where a privileged sshd keeps its unprivileged half; systemd makes it, containers have no systemd. */
const separationDirectory = '/run/sshd';

/** True where this machine has OpenSSH's server. */
export function hasSshd(): boolean {
  return existsSync(program);
}

/** Makes ready what sshd itself needs; throws an Error that says what is missing. */
export function prepareSshd(): void {
  if (!hasSshd())
    throw new Error(`ssh: expected OpenSSH's server at ${program}, found none (Debian: openssh-server)`);
  if (process.getuid?.() === 0) mkdirSync(separationDirectory, { recursive: true, mode: 0o755 });
}

export type SshdFiles = {
  /** A folder of the instance's own that others can't read. */
  folder: string;
  instanceId: string;
  /** PEM of the host's private key. */
  hostKey: string;
  /** Lines of `authorized_keys`. */
  authorizedKeys: readonly string[];
};

/** Writes what sshd reads for one instance; returns the path of its configuration. */
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
      // The folder of temporary files is everybody's to write in, which StrictModes takes for a risk.
      'StrictModes no',
      'AuthenticationMethods publickey',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      // PAM's session modules expect a machine that was booted.
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

/** Lets sshd serve one connection as inetd would (sshd(8), `-i`); a Ctrl-C meant for the simulator passes it by. */
export function serveConnection(socket: Socket, config: string): ChildProcess {
  const child = spawn(program, ['-i', '-e', '-f', config], {
    stdio: [socket, socket, 'inherit'],
    detached: true,
  });
  // The child has its own hold on the connection.
  socket.destroy();
  return child;
}
