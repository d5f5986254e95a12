import type { Rect } from '../graph/pack.ts';
import type { Scene } from '../graph/place.ts';
import type { Size, View } from '../graph/viewport.ts';
import type { Palette } from './palette.ts';

/** All there is to draw. The renderer draws it anew whenever a part is replaced. */
export type Picture = {
  scene: Scene | null;
  view: View;
  palette: Palette;
  selected: string | null;
  hovered: string | null;
  /** Ids beside the selected or hovered node, to which lines are drawn. */
  neighbours: readonly string[];
  /** Ids a search has found; everything else is dimmed. Null when nothing is searched for. */
  found: ReadonlySet<string> | null;
  /** Ids that have just changed and are tinted for a moment. */
  changed: ReadonlySet<string>;
};

/** What one drawing pass works with. */
export type Pass = {
  ctx: CanvasRenderingContext2D;
  picture: Picture;
  scene: Scene;
  size: Size;
  /** The part of the world on the screen. */
  visible: Rect;
  detail: Detail;
  /** A look per cell of the scene. */
  looks: Uint8Array;
};

/** `near`: glyph, and name where it fits · `middle`: a mark by state · `far`: a bar by state for each frame, failures on top. */
export type Detail = 'near' | 'middle' | 'far';

/** @param cellHeight height of a cell on the screen in CSS pixels */
export function detailFor(cellHeight: number): Detail {
  if (cellHeight >= 9) return 'near';
  return cellHeight >= 2.4 ? 'middle' : 'far';
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
