import type { connection } from '@cyclorama/shared/robots.ts';
import type { z } from 'zod';

type Connection = z.infer<typeof connection>;

export type SshCommands = {
  /** `chmod 600`: ssh refuses a key file that others can read. Null when its name is unknown. */
  protectKey: string | null;
  /** Writes the pinned host keys to their own file; null when rerobots gave none. */
  pinHostKeys: string | null;
  connect: string;
};

const folder = '~/Downloads';

/** Quoted for the shell. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Pins the host's key, so that ssh trusts this key only and doesn't ask (ssh_config(5): `UserKnownHostsFile`,
 * `StrictHostKeyChecking`). Without known host keys ssh asks as usual. @param keyFile name of the saved private key, or
 * null when this browser doesn't know it
 */
export function sshCommands(
  { host, port, hostKeys }: Connection,
  bookingId: string,
  keyFile: string | null,
): SshCommands {
  // The end of the id: its beginning is a time, equal for bookings of one minute.
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
