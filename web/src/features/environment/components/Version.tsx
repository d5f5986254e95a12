import { NO_VALUE } from '../../../lib/units.ts';

/** With the version that a running deployment brings. */
export function Version({ version, awaited }: { version: string | null; awaited: string | null }) {
  if (version === null) return NO_VALUE;
  return awaited === null ? version : `${version} → ${awaited}`;
}
