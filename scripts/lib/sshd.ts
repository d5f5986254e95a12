import { existsSync } from 'node:fs';

/** True where this machine has OpenSSH's server, which the simulator runs with `--ssh`. */
export const hasSshd = (): boolean => existsSync('/usr/sbin/sshd');
