import type { connection } from '@cyclorama/shared/robots.ts';
import type { z } from 'zod';

type Connection = z.infer<typeof connection>;

/** Commands for a POSIX shell, in the order they are run. */
export type SshCommands = {
  /** Takes the key file away from others' eyes, or ssh refuses it; null where its name isn't known. */
  protectKey: string | null;
  /** Writes the pinned host keys into a file of their own; null where rerobots told none. */
  pinHostKeys: string | null;
  connect: string;
};

const folder = '~/Downloads';

/** A word as the shell takes it literally. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * How to log in with the host's key pinned: ssh then trusts this one key and asks nothing (ssh_config(5),
 * `UserKnownHostsFile`, `StrictHostKeyChecking`). Without known host keys ssh asks as it always does.
 *
 * @param keyFile the name the private key was saved under, or null where this browser doesn't know it
 */
export function sshCommands(
  { host, port, hostKeys }: Connection,
  bookingId: string,
  keyFile: string | null,
): SshCommands {
  // Ids begin with their time: only their ends tell two bookings of the same minute apart.
  const hostKeyFile = `~/.ssh/cyclorama-${bookingId.replaceAll(/[^A-Za-z0-9]/g, '').slice(-8)}.known_hosts`;
  const hasKeys = hostKeys.length > 0;
  const words = [
    'ssh',
    ...(keyFile === null ? [] : ['-i', `${folder}/${quoted(keyFile)}`, '-o', 'IdentitiesOnly=yes']),
    ...(hasKeys ? ['-o', `UserKnownHostsFile=${hostKeyFile}`, '-o', 'StrictHostKeyChecking=yes'] : []),
    '-p',
    String(port),
    quoted(`root@${host}`),
  ];
  return {
    protectKey: keyFile === null ? null : `chmod 600 ${folder}/${quoted(keyFile)}`,
    pinHostKeys: hasKeys
      ? `mkdir -p ~/.ssh && printf '%s\\n' ${hostKeys.map((line) => quoted(line)).join(' ')} > ${hostKeyFile}`
      : null,
    connect: words.join(' '),
  };
}
