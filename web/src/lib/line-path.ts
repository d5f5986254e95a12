/**
 * SVG path: `xs` are pixels, `y` maps a value to pixels. A gap (null, NaN or an infinity) breaks the line; a value
 * between two gaps becomes a dot. Coordinates are rounded to 0.1 px.
 */
export function linePath(
  xs: readonly number[],
  values: readonly (number | null)[],
  y: (value: number) => number,
): string {
  let path = '';
  let isOpen = false;
  for (const [index, x] of xs.entries()) {
    const value = values[index];
    if (!isValue(value)) {
      isOpen = false;
      continue;
    }
    const alone = !isOpen && !isValue(values[index + 1]);
    path += `${isOpen ? 'L' : 'M'}${round(x)},${round(y(value))}${alone ? 'h0.1' : ''}`;
    isOpen = true;
  }
  return path;
}

const isValue = (value: number | null | undefined): value is number => Number.isFinite(value);
const round = (pixels: number): number => Math.round(pixels * 10) / 10;
