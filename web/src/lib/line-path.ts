/**
 * The SVG path of a series: `xs` are pixels, `y` turns a value into pixels. A gap (null) breaks the line, a value
 * alone between gaps becomes a dot. Coordinates are rounded to a tenth of a pixel.
 */
export function linePath(
  xs: readonly number[],
  values: readonly (number | null)[],
  y: (value: number) => number,
): string {
  let path = '';
  let isOpen = false;
  for (const [index, x] of xs.entries()) {
    const value = values[index] ?? null;
    if (value === null) {
      isOpen = false;
      continue;
    }
    const alone = !isOpen && (values[index + 1] ?? null) === null;
    path += `${isOpen ? 'L' : 'M'}${round(x)},${round(y(value))}${alone ? 'h0.1' : ''}`;
    isOpen = true;
  }
  return path;
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
