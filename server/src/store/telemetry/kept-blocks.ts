import { markOf, openBlock } from './codec.ts';
import type { Frame, OpenBlock } from './codec.ts';

/** Unpacks a block, or what is kept of one with the same body. @throws DamagedBlock */
export type KeptBlocks = (key: string, body: Uint8Array, columns?: readonly number[]) => Frame;

/**
 * Unpacking costs ten times as much as reading the body, and a chart that is open reads the same blocks at each sample:
 * at most `maxBytes` of them stay unpacked, those looked at last. They are told by their bodies, since another process
 * may write one anew. What is answered is shared, and must not be changed.
 */
export function createKeptBlocks(maxBytes: number): KeptBlocks {
  type Kept = { length: number; mark: number; block: OpenBlock; bytes: number };
  /** The one longest unused first. */
  const kept = new Map<string, Kept>();
  let bytes = 0;

  const drop = (key: string, { bytes: own }: Kept): void => {
    kept.delete(key);
    bytes -= own;
  };

  return (key, body, columns) => {
    const mark = markOf(body);
    const known = kept.get(key);
    if (known !== undefined) drop(key, known);
    const isSame = known?.mark === mark && known.length === body.length;
    const block = isSame ? known.block : openBlock(body);
    const frame = block.frame(columns);
    const own = { length: body.length, mark, block, bytes: block.bytes };
    kept.set(key, own);
    bytes += own.bytes;
    for (const [oldest, other] of kept) {
      if (bytes <= maxBytes) break;
      drop(oldest, other);
    }
    return frame;
  };
}
