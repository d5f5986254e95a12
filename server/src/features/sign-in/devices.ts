import { randomBytes } from 'node:crypto';

import { z } from 'zod';

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

export function createDeviceNames(fingerprint: (parts: string[]) => string): DeviceNames {
  const markOf = (name: string): string => fingerprint(['device name', name]).slice(0, 16);
  return {
    idFor: (device, name) => (device !== null && device.names.includes(markOf(name)) ? device.id : null),
    with(device, name) {
      const { id, names } = device ?? { id: randomBytes(16).toString('base64url'), names: [] };
      const mark = markOf(name);
      return { id, names: [mark, ...names.filter((other) => other !== mark)].slice(0, MAX_NAMES) };
    },
  };
}
