import { expect, test } from '../fixtures.ts';
import { expectRefused } from '../page.ts';
import { bookDialog, nameOf, quietRobot } from '../robots.ts';
import { happen } from '../world.ts';

// Robots take up to a minute to start; at this speed, seconds.
test.use({ speed: 20 });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('the robots are searched as the API searches, and the address keeps it', async ({ page }) => {
  await quietRobot(page, 'us:cali');
  await page.goto('/robots');
  const count = page.getByRole('search', { name: 'Filter robots' }).getByRole('status');
  await expect(count).toHaveText('10 robots');
  await page.getByRole('textbox', { name: 'Filter robots' }).fill('kobuki');
  await expect(count).toHaveText('2 of 10 robots');
  await page.getByRole('combobox', { name: 'Region' }).selectOption('eu:cze');
  await expect(count).toHaveText('1 of 10 robots');
  await page.reload();
  await expect(
    page.getByRole('table', { name: 'Robots' }).getByRole('button', { name: /^Book basic_kobuki/ }),
  ).toHaveCount(1);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ q: 'kobuki', region: 'eu:cze' });
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByRole('button', { name: 'Types' }).click();
  await page.getByRole('checkbox', { name: 'fixed_misty2' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByText('No robots match')).toBeVisible();
});

test('a robot that is offline can’t be booked, and says so', async ({ page, world }) => {
  const robot = await quietRobot(page, 'us:cali');
  await page.goto('/robots?q=kobuki');
  const button = page.getByRole('button', { name: `Book ${nameOf(robot)}` });
  await expect(button).toBeVisible();
  await happen(world, 'deployment.offline', robot.id);
  // The server reads one robot every two seconds.
  await expect(button).toHaveAttribute('aria-disabled', 'true', { timeout: 80_000 });
  await expectRefused(button, /Offline/);
  await happen(world, 'deployment.online', robot.id);
  await expect(button).not.toHaveAttribute('aria-disabled', 'true', { timeout: 80_000 });
});

test('what can’t be sent is refused at the field', async ({ page }) => {
  await page.goto('/robots');
  await page.getByRole('button', { name: 'Book…', exact: true }).first().click();
  const dialog = bookDialog(page);
  await dialog.getByLabel('Time limit in minutes').fill('0');
  await expect(dialog.getByRole('alert')).toContainText('expected whole minutes');
  await dialog.getByLabel('Time limit in minutes').fill('60');
  await dialog.getByRole('radio', { name: 'Use my public key' }).check();
  await dialog.getByLabel('Your SSH public key').fill('-----BEGIN OPENSSH PRIVATE KEY-----');
  await expect(dialog.getByRole('alert')).toContainText(/private/i);
});
