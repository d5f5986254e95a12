/** Hebrew, Arabic and their like. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/**
 * For other people's texts within a sentence: one that runs from right to left keeps its direction to itself, or the
 * numbers and signs beside it would be drawn in its order (FSI and PDI, UAX 9).
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
