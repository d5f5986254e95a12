import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { cutShared, withoutShared } from '../graph/labels.ts';
import type { SharedEnds } from '../graph/labels.ts';

export const fontFamily = "'Inter Variable', system-ui, sans-serif";

/** Of the context's font, as it was set. */
export type Font = { size: number; weight: 400 | 500 };

const widths = new Map<string, number>();

/**
 * Width of a text in the context's font. Remembered for any size, since widths grow with it: measuring is slow, and
 * zooming changes the size with each frame.
 */
export function textWidth(
  ctx: Pick<CanvasRenderingContext2D, 'measureText'>,
  text: string,
  font: Font,
): number {
  const key = `${font.weight} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    width = ctx.measureText(text).width / font.size;
    widths.set(key, width);
  }
  return width * font.size;
}

/** No label has room for more; the rest of a longer name is not measured. */
const MOST_LETTERS = 200;

type ShortenOptions = {
  room: number;
  font: Font;
  keep?: 'start' | 'end' | 'both';
  /** What the names beside it have in common, which is cut first. */
  shared?: () => SharedEnds;
};

/**
 * Shortens a text to `room` pixels. Cuts what it shares with the names beside it, and where that is not enough the end of
 * the rest; where it shares nothing, its middle. Else keeps its end, or its start, or `both`. Empty when not even two
 * letters fit. A text from right to left keeps its order, the dots in its place.
 */
export function shorten(
  ctx: Pick<CanvasRenderingContext2D, 'measureText'>,
  text: string,
  { room, font, keep = 'end', shared }: ShortenOptions,
): string {
  if (text.length <= MOST_LETTERS) {
    const fits = (cut: string) => textWidth(ctx, cut, font) <= room;
    if (fits(text)) return isolated(text);
    if (shared !== undefined) {
      const cut = cutShared(text, shared(), fits);
      if (cut !== null) return isolated(cut);
      const start = withoutShared(text, shared());
      return shorten(ctx, start ?? text, { room, font, keep: start === null ? 'both' : 'start' });
    }
  }
  const letters = lettersOf(text);
  const width = textWidth(ctx, letters.slice(0, MOST_LETTERS).join(''), font);
  let count = Math.floor((Math.min(letters.length, MOST_LETTERS) * room) / width);
  for (; count >= 2; count -= 1) {
    const head = keep === 'both' ? Math.floor(count / 2) : keep === 'start' ? count : 0;
    const tail = letters.slice(letters.length - (count - head));
    const cut = `${letters.slice(0, head).join('')}…${tail.join('')}`;
    if (textWidth(ctx, cut, font) <= room) return isolated(cut);
  }
  return '';
}

const segmenter = new Intl.Segmenter();

/** As people see them: an emoji of several code points is one, a letter keeps its accents. */
function lettersOf(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
