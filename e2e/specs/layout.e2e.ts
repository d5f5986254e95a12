import { quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { overflow, pages, title } from '../page.ts';
import { quietRobot } from '../robots.ts';
import { stateOf } from '../world.ts';

test('no page is wider than a phone', async ({ page, world, signInAs }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await expect(title(page)).toHaveText('Sign in to Cyclorama');
  expect(await overflow(page), 'sign-in').toBe(0);
  await signInAs('operator');
  const { ids } = await stateOf(world);
  const gateway = await quietInstance(page, world);
  const robot = await quietRobot(page, 'us:cali');
  const more = [
    `/containers/${ids.containers['api']}`,
    `/instances/${gateway.id}`,
    `/telemetry?instance=${gateway.id}`,
    '/topology?view=table',
    '/functions?view=claims&state=all',
    '/functions?view=batches',
    '/functions?view=durations',
    '/access-tokens',
    '/access-tokens/api?operation=postClaims',
    '/sessions',
    '/team?person=oscar',
    '/robots?view=team',
    `/robots/deployments/${robot.id}`,
    '/robots/account',
  ];
  for (const path of [...pages.map(({ path }) => path), ...more]) {
    await page.goto(path);
    // A sheet hides the page's title from readers.
    await expect(title(page).or(page.getByRole('dialog')).first()).toBeVisible();
    await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
    expect.soft(await overflow(page), path).toBe(0);
  }
});

test('a phone reaches every page, and a list is cards', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  const bar = page.getByRole('navigation', { name: 'Pages' });
  await bar.getByRole('link', { name: 'Instances' }).click();
  await expect(title(page)).toHaveText('Instances');
  await expect(page.getByRole('list', { name: 'Instances' }).getByRole('listitem').first()).toBeVisible();
  await bar.getByRole('button', { name: 'More pages' }).click();
  await page.getByRole('dialog', { name: 'More pages' }).getByRole('link', { name: 'Robots' }).click();
  await expect(title(page)).toHaveText('Robots');
});

test('the keyboard alone: skip link, list, page, sheet, palette', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/containers');
  const list = page.getByRole('region', { name: 'Containers, list' });
  await expect(list).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('/');
  const filter = page.getByRole('textbox', { name: 'Filter containers' });
  await expect(filter).toBeFocused();
  await page.keyboard.type('env-');
  await expect(page).toHaveURL('/containers?q=env-');
  await page.keyboard.press('Escape');
  await expect(filter).toHaveValue('');

  await list.focus();
  const current = list.locator('[aria-current="true"]');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(current).toHaveAttribute('aria-rowindex', '2');
  const name = await current.getByRole('link').first().innerText();
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText(name);

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(title(page)).toHaveText('Functions');

  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox').fill('planner-');
  const found = page.getByRole('option').first();
  await expect(found).toContainText('planner-');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText(/^planner-/);
});

test('theme and zone are chosen once and kept', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/activity?view=record');
  await page
    .getByRole('banner')
    .getByRole('button', { name: /, viewer: / })
    .click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.getByRole('button', { name: 'UTC', exact: true }).click();
  await page.keyboard.press('Escape');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.reload();
  await expect(page.getByRole('table', { name: 'Activity' })).toContainText(/\d UTC/);
  expect(await background()).toBe(dark);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await background(), 'a choice outweighs the system').toBe(dark);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /, viewer: / })
    .click();
  await page.getByRole('button', { name: 'Light' }).click();
  expect(await background()).not.toBe(dark);
});

test('an address that leads nowhere says so and leads back', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/no/such/page');
  await expect(title(page)).toHaveText('Page not found');
  await page.getByRole('link', { name: 'Go to overview' }).click();
  await expect(title(page)).toHaveText('Overview');
});
