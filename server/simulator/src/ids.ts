import type { Random } from './random.ts';

/** Makes Cycle ids: 24 lower-case hexadecimal digits, the first eight of them seconds since the epoch. */
export type IdSource = {
  objectId(): string;
  /** Contains `SECRET-`, so that tests can search for leaks. */
  secret(label: string): string;
};

export function createIds(random: Random, startAt: number): IdSource {
  const seconds = Math.floor(startAt / 1000)
    .toString(16)
    .padStart(8, '0')
    .slice(-8);
  return {
    objectId: () => seconds + random.hex(16),
    secret: (label) => `SECRET-${label}-${random.hex(24)}`,
  };
}
