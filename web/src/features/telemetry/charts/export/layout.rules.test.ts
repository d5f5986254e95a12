import { expect, it } from 'vitest';

import { PICTURE, wrapped } from './layout.rules.ts';

it('begins a line where the next entry has no room', () => {
  expect(wrapped([40, 40, 40], 100, 10)).toEqual({
    places: [
      { x: 0, y: 0 },
      { x: 50, y: 0 },
      { x: 0, y: PICTURE.line },
    ],
    lines: 2,
  });
});

it('leaves an entry that is wider than the room in a line of its own', () => {
  const { places, lines } = wrapped([500, 40], 100, 10);
  expect([places, lines]).toEqual([
    [
      { x: 0, y: 0 },
      { x: 0, y: PICTURE.line },
    ],
    2,
  ]);
  expect(wrapped([], 100, 10).lines).toBe(0);
});
