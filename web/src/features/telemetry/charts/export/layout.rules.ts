/** Pixels of the picture at its simple size; it is drawn with twice as many. */
export const PICTURE = { width: 1200, plot: 400, edge: 24, top: 84, axis: 72, times: 28, line: 22 };

export type Placed = { x: number; y: number };

/** Entries of `widths` in lines of at most `room`, `gap` apart; `lines` is how many there are. */
export function wrapped(
  widths: readonly number[],
  room: number,
  gap: number,
): { places: Placed[]; lines: number } {
  let [x, line] = [0, 0];
  const places = widths.map((width) => {
    if (x > 0 && x + width > room) [x, line] = [0, line + 1];
    const place = { x, y: line * PICTURE.line };
    x += width + gap;
    return place;
  });
  return { places, lines: widths.length === 0 ? 0 : line + 1 };
}
