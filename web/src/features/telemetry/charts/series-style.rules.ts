/** One of the eight `--series-…` colours and one of three line patterns: 24 looks, told apart without colour too. */
export type SeriesStyle = { color: string; dash: string | undefined };

const COLORS = 8;
const dashes = [undefined, '6 3', '2 3'];
/** How many series can be told apart. */
export const mostStyles = COLORS * dashes.length;

/**
 * A look for each id. It starts from the id itself, so that a thing keeps its colour from chart to chart; where two
 * ids of one chart want the same look, the later in id order takes the next free one.
 */
export function seriesStyles(ids: string[]): Map<string, SeriesStyle> {
  const taken = new Set<number>();
  const styles = new Map<string, SeriesStyle>();
  for (const id of [...new Set(ids)].toSorted()) {
    let slot = hash(id) % COLORS;
    while (taken.size < mostStyles && taken.has(slot)) slot = (slot + 1) % mostStyles;
    taken.add(slot);
    styles.set(id, {
      color: `var(--series-${(slot % COLORS) + 1})`,
      dash: dashes[Math.floor(slot / COLORS)],
    });
  }
  return styles;
}

/** FNV-1a over the characters: spreads ids that differ in their last digit only. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
