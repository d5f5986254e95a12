import { existsSync } from 'node:fs';

export const hasSshd = (): boolean => existsSync('/usr/sbin/sshd');
