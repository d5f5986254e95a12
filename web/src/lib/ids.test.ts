import { expect, it } from 'vitest';

import { shortenId } from './ids.ts';

it('shortens a long id in the middle and leaves a short one', () => {
  expect(shortenId('651586fca6078e98982dbd90')).toBe('651586…bd90');
  expect(shortenId('misty-07')).toBe('misty-07');
});
