import type { WatchedSettings } from '../../../upstream/cycle/types.ts';

type Changed = { after: string; detail: string | null };

const changedOf = (before: Record<string, string | null>, after: Record<string, string | null>): string[] =>
  Object.keys(after).filter((name) => before[name] !== after[name]);

/** The names of the settings that changed, and what changed where that can be told; null: none that is known. */
export function changedSettings(
  before: WatchedSettings | null,
  after: WatchedSettings | null,
): Changed | null {
  if (before === null || after === null) return null;
  const plain = changedOf(before.plain, after.plain);
  const names = [...plain, ...changedOf(before.digests, after.digests)];
  if (names.length === 0) return null;
  const told = plain.map(
    (name) => `${name} from ${before.plain[name] ?? 'none'} to ${after.plain[name] ?? 'none'}`,
  );
  return { after: names.join(', '), detail: told.length === 0 ? null : told.join('; ') };
}
