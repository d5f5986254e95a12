import { describe, expect, it } from 'vitest';

import { sharedEnds } from '../graph/labels.ts';
import { shorten } from './text.ts';

/** A letter as wide as the font is high, a "w" twice as wide. */
const ctx = {
  font: '',
  measureText(text: string) {
    const width = Array.from(text).reduce((sum, letter) => sum + (letter === 'w' ? 20 : 10), 0);
    return { width } as TextMetrics;
  },
};
const font = { size: 10, weight: 400 } as const;
const shortened = (text: string, room: number, keep?: 'end' | 'both') =>
  shorten(ctx, text, keep === undefined ? { room, font } : { room, font, keep });

describe('a label on the canvas', () => {
  it('is cut at its beginning, or empty when nothing readable is left', () => {
    expect(shortened('mapper-17', 90)).toBe('mapper-17');
    expect(shortened('planner-0-1234', 80)).toBe('…-0-1234');
    expect(shortened('planner', 20)).toBe('');
  });

  it('is cut in the middle where both ends matter', () => {
    expect(shortened('a-long-title', 70, 'both')).toBe('a-l…tle');
  });

  it('loses what the names beside it share, before it loses what is its own', () => {
    const shared = () => sharedEnds(['api.acme.example', 'telemetry.acme.example']);
    const cut = (text: string, room: number) => shorten(ctx, text, { room, font, shared });
    expect(cut('api.acme.example', 160)).toBe('api.acme.example');
    expect(cut('api.acme.example', 60)).toBe('api.…');
    expect(cut('telemetry.acme.example', 60)).toBe('telem…');
  });

  it('never exceeds its room, however wide its letters and long the name', () => {
    for (const text of ['www-wwww-iii', 'x'.repeat(5_000), 'iiiiiiwwwwww']) {
      for (let room = 30; room < 200; room += 7) {
        expect(ctx.measureText(shortened(text, room)).width).toBeLessThanOrEqual(room);
      }
    }
  });

  it('keeps the order of a text from right to left, cut or whole', () => {
    expect(shortened('خدمة', 90)).toBe('\u2068خدمة\u2069');
    expect(shortened('خدمة معالجة', 60)).toBe('\u2068…عالجة\u2069');
  });

  it('cuts no emoji apart', () => {
    expect(shortened('family 👩‍👩‍👧‍👦 x', 100)).toBe('…👩‍👩‍👧‍👦 x');
  });
});
