/**
 * The SVG path of a series: `xs` are pixels, `y` turns a value into pixels. A gap (null, NaN or an infinity)
 * breaks the line, a value alone between gaps becomes a dot. Coordinates are rounded to a tenth of a pixel.
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
