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
    const before = (await myClaims(page)).map(({ id }) => id);
    await page.goto('/functions');
    await page.getByRole('button', { name: 'Claim Render' }).click();
    await press(page, page.getByRole('button', { name: 'Claim and spawn Render' }));
    const mine = async () => (await myClaims(page)).filter(({ id }) => !before.includes(id));
    await expect.poll(async () => (await mine()).map(({ state }) => state)).toEqual(['running']);
    expect(await claimed(world)).toBe(1);
    // What follows in the dialog is smaller: the second press falls beside it.
    if (/tap|click/.test(name))
      await expect(page.getByRole('dialog', { name: 'Spawn Render' })).toBeVisible();
    const [claim] = await mine();
    // The simulator's other callers claim and release in the same pool, so only the claim's own instance is looked at.
    const isHeld = async () => held(await stateOf(world), 'render').includes(claim?.instanceId ?? '');
    expect(await isHeld()).toBe(true);
    await change(page, '/api/claims/release-mine');
    await expect.poll(isHeld).toBe(false);
    await expect.poll(async () => (await mine()).map(({ state }) => state)).toEqual(['released']);
    expect(await claimed(world)).toBe(1);
  });
}
