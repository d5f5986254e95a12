import type { PictureRow } from '../../store/topology-history.ts';
import { encodeChanges, encodeFull } from './codec.ts';
import type { NodeTexts } from './codec.ts';

/** A picture costs at most this many changes to read, however little changes. */
const MOST_CHANGES = 1_440;

type Last = { texts: NodeTexts; fullBytes: number; changeBytes: number; changes: number };

/** Pictures of one minute after another: what changed since the last, or everything once the changes weigh as much. */
export function createPictures() {
  let last: Last | null = null;

  const full = async (at: number, texts: NodeTexts): Promise<PictureRow> => {
    const body = await encodeFull(texts);
    last = { texts, fullBytes: body.length, changeBytes: 0, changes: 0 };
    return { at, is_full: 1, body };
  };

  return {
    /** Null where nothing has changed since the last one. `texts` is kept: it must not change afterwards. */
    async next(at: number, texts: NodeTexts): Promise<PictureRow | null> {
      if (last === null || last.changeBytes >= last.fullBytes || last.changes >= MOST_CHANGES)
        return full(at, texts);
      const body = await encodeChanges(last.texts, texts);
      if (body === null) return null;
      const { fullBytes, changeBytes, changes } = last;
      last = { texts, fullBytes, changeBytes: changeBytes + body.length, changes: changes + 1 };
      return { at, is_full: 0, body };
    },
    /** The next one is a full one: what was made last may not be on record. */
    forget(): void {
      last = null;
    },
  };
}
