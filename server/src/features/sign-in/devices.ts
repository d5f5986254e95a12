import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import type { Fingerprints } from '../../lib/idempotency.ts';

/** A shared computer; more would make the cookie large. */
const MAX_NAMES = 8;

/** A device people have signed in from, by fingerprints of their names: guesses from elsewhere don't slow it down. */
export const knownDevice = z.object({ id: z.string(), names: z.array(z.string()) });
export type KnownDevice = z.output<typeof knownDevice>;

export type DeviceNames = {
  /** Null where nobody signed in with this name on the device. */
  idFor(device: KnownDevice | null, name: string): string | null;
  /** The device once signing in with this name has worked on it. */
  with(device: KnownDevice | null, name: string): KnownDevice;
};

export function createDeviceNames(fingerprint: (parts: string[]) => Fingerprints): DeviceNames {
  const marksOf = (name: string): string[] =>
    fingerprint(['device name', name]).map((print) => print.slice(0, 16));
  return {
    idFor(device, name) {
      const marks = marksOf(name);
      return device?.names.some((known) => marks.includes(known)) === true ? device.id : null;
    },
    with(device, name) {
      const { id, names } = device ?? { id: randomBytes(16).toString('base64url'), names: [] };
      const marks = marksOf(name);
      const others = names.filter((other) => !marks.includes(other));
      return { id, names: [...marks.slice(0, 1), ...others].slice(0, MAX_NAMES) };
    },
  };
}
