import type { Fill } from '../graph/fills.ts';
import type { Scene } from '../graph/place.ts';
import type { Rect } from '../graph/shelves.ts';
import type { Size, View } from '../graph/viewport.ts';
import type { Wires } from '../graph/wires.ts';
import type { Palette } from './palette.ts';

/** Immutable parts; replacing one schedules a redraw. */
export type Picture = {
  scene: Scene | null;
  view: View;
  palette: Palette;
  selected: string | null;
  hovered: string | null;
  /** Neighbours of the hovered node. */
  neighbours: readonly string[];
  /** Lines of everything, and of the selected or hovered node. Null until they are ready. */
  wires: Wires | null;
  litWires: Wires | null;
  /** Null: cells show their state. */
  fill: Fill | null;
  /** The picture has the keyboard. */
  focused: boolean;
  /** Ids that match the search; everything else is dimmed. Null without a search. */
  found: ReadonlySet<string> | null;
  /** Ids that changed just now; they are tinted briefly. */
  changed: ReadonlySet<string>;
};

export type Pass = {
  ctx: CanvasRenderingContext2D;
  picture: Picture;
  scene: Scene;
  size: Size;
  /** Visible part, in world coordinates. */
  visible: Rect;
  detail: Detail;
  /** Style number per cell. */
  styles: Uint8Array;
  /** Class of the fill per cell; empty without one. */
  fills: Uint8Array;
};

/** `near`: glyph and, where it fits, name · `middle`: a mark by state · `far`: one bar per frame, failures on top. */
export type Detail = 'near' | 'middle' | 'far';

/** @param cellHeight in CSS pixels on the screen */
export function detailFor(cellHeight: number): Detail {
  if (cellHeight >= 9) return 'near';
  return cellHeight >= 2.4 ? 'middle' : 'far';
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
