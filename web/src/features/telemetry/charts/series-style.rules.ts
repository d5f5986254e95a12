import { SERIES_COLORS, seriesColor } from '../../../ui/series-colors.ts';

/** One of eight colours and three line patterns: 24 styles that differ without colour too. */
export type SeriesStyle = { color: string; dash: string | undefined };

const dashes = [undefined, '6 3', '2 3'];
export const mostStyles = SERIES_COLORS * dashes.length;

/**
 * Derived from the id, so that a resource keeps its colour on every chart; on a collision the later id takes the next
 * free style.
 */
export function seriesStyles(ids: string[]): Map<string, SeriesStyle> {
  const taken = new Set<number>();
  const styles = new Map<string, SeriesStyle>();
  for (const id of [...new Set(ids)].toSorted()) {
    let slot = hash(id) % SERIES_COLORS;
    while (taken.size < mostStyles && taken.has(slot)) slot = (slot + 1) % mostStyles;
    taken.add(slot);
    styles.set(id, {
      color: seriesColor(slot),
      dash: dashes[Math.floor(slot / SERIES_COLORS)],
    });
  }
  return styles;
}

/** Of the few lines of one chart, in their order: the next colour and the next pattern each. */
export const nthStyle = (index: number): SeriesStyle => ({
  color: seriesColor(index),
  dash: dashes[index % dashes.length],
});

/** FNV-1a: spreads ids that differ only in the last digit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
