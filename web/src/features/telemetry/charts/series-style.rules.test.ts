import { expect, it } from 'vitest';

import { seriesStyles } from './series-style.rules.ts';

const ids = Array.from(
  { length: 20 },
  (_, index) => `651586fca6078e98982d02${String(index).padStart(2, '0')}`,
);

it('gives twenty series twenty different looks, in any order the same', () => {
  const styles = seriesStyles(ids);
  expect(new Set([...styles.values()].map((style) => `${style.color} ${style.dash}`)).size).toBe(20);
  expect(seriesStyles(ids.toReversed())).toEqual(styles);
});

it('keeps the look of a thing that is alone in a chart', () => {
  const [id = ''] = ids;
  expect(seriesStyles([id]).get(id)).toEqual(seriesStyles([id]).get(id));
  expect(seriesStyles([id]).get(id)?.dash).toBeUndefined();
});

it('repeats looks, rather than looping for ever, past the last free one', () => {
  const many = Array.from({ length: 60 }, (_, index) => `id-${index}`);
  expect(seriesStyles(many).size).toBe(60);
});
