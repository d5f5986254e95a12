import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { change, ownRows, presses, received } from '../presses.ts';
import { held, stateOf } from '../world.ts';

// At real speed: an instance claimed and not spawned within ten seconds is gone.
test.use({ hasTouch: true });

test.beforeEach(async ({ signInAs, world }) => {
  await signInAs('operator');
  await world.control('POST', '/reset-counters');
});

const claimed = (world: World) => received(world, 'scheduler', /^POST .*\/claim$/);
const myClaims = (page: Page) => ownRows(page, '/api/claims?state=all', 'claims');

for (const [name, press] of presses) {
  test(`${name} on Claim is one instance`, async ({ page, world }) => {
    const before = (await myClaims(page)).length;
    const heldBefore = held(await stateOf(world), 'render');
    await page.goto('/functions');
    await page.getByRole('button', { name: 'Claim Render' }).click();
    await press(page, page.getByRole('button', { name: 'Claim and spawn Render' }));
    await expect(page.getByRole('dialog', { name: /^Spawn / })).toContainText('Running with');
    expect(await claimed(world)).toBe(1);
    expect(await myClaims(page)).toHaveLength(before + 1);
    await change(page, '/api/claims/release-mine');
    // Other specs count what is held of the same world.
    await expect.poll(async () => held(await stateOf(world), 'render')).toEqual(heldBefore);
  });
}
