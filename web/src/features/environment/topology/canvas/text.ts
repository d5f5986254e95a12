export const fontFamily = "'Inter Variable', system-ui, sans-serif";

const widths = new Map<string, number>();

/** Width of a text in the context's font, remembered: measuring is dear, and headings repeat from frame to frame. */
export function textWidth(ctx: CanvasRenderingContext2D, text: string): number {
  const key = `${ctx.font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    width = ctx.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/**
 * Shortens a text to about `room` pixels at `size`, keeping its end: names of one container's instances begin alike
 * and differ at the end. Empty when not even a few letters fit.
 */
export function shorten(text: string, room: number, size: number): string {
  const letters = Math.floor(room / (size * 0.54));
  if (text.length <= letters) return text;
  return letters < 3 ? '' : `…${text.slice(1 - letters)}`;
}
