import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { accountOf, expectRefused, fact, happen, title } from '../helpers.ts';

// A robot takes up to a minute to start: at this speed, seconds.
test.use({ speed: 20 });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHVnzOHwgTYzw2bJ1Wm2Gq0cOQF1yQw8O0fLwM1m7b3d someone@laptop';
const robots = (page: Page) => page.getByRole('table', { name: 'Robots' });
const steps = (page: Page) => page.getByRole('list', { name: 'Steps of the booking' });

type Deployment = { id: string; type: string; region: string };

/** The robot of the type that other users leave alone, in one region. */
async function quietRobot(page: Page, region: 'us:cali' | 'eu:cze'): Promise<Deployment> {
  let found: Deployment | undefined;
  await expect(async () => {
    const answer = await page.request.get('/api/robots/deployments');
    const { deployments } = (await answer.json()) as { deployments: Deployment[] };
    found = deployments.find((one) => one.type === 'basic_kobuki' && one.region === region);
    expect(found).toBeDefined();
  }).toPass({ timeout: 15_000 });
  return found as Deployment;
}

/** Lets others come to a robot: one drives it, the rest wait. */
async function keepBusy(world: World, { id }: Deployment, others: number): Promise<void> {
  for (let count = 0; count < others; count++) await happen(world, 'other.book', id);
}

/** Opens the dialog for one robot, books it, and lands on the booking's page. */
async function book(page: Page, { id }: Deployment, reserve: boolean): Promise<void> {
  await page.goto('/robots');
  await page.getByRole('button', { name: `Book basic_kobuki ${id.slice(0, 8)}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Book a robot' });
  await expect(dialog.getByRole('combobox', { name: 'Robot' })).toHaveValue(id);
  if (reserve) await dialog.getByRole('checkbox', { name: /Wait in the queue/ }).check();
  await dialog.getByLabel('Time limit in minutes').fill('600');
  await dialog.getByLabel('Your SSH public key').fill(publicKey);
  await dialog.getByRole('button', { name: /^Book basic_kobuki/ }).click();
}

/** Ends the booking on whose page we are. */
async function terminate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Terminate basic_kobuki/ })
    .click();
  await expect(fact(page, 'State')).toHaveText('Terminated', { timeout: 30_000 });
}

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
  await expect(robots(page).getByRole('button', { name: /^Book basic_kobuki/ })).toHaveCount(1);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ q: 'kobuki', region: 'eu:cze' });
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByRole('button', { name: 'Types' }).click();
  await page.getByRole('checkbox', { name: 'fixed_misty2' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByText('No robot matches')).toBeVisible();
});

test('book, follow to ready, connect, terminate', async ({ page, world }) => {
  const robot = await quietRobot(page, 'us:cali');
  await book(page, robot, false);
  await expect(title(page)).toHaveText(`basic_kobuki ${robot.id.slice(0, 8)}`);
  await expect(fact(page, 'Held by')).toHaveText(accountOf(world, 'operator').username);
  await expect(steps(page).getByRole('listitem').filter({ hasText: 'Ready' })).toContainText('now', {
    timeout: 40_000,
  });
  const connect = page.getByRole('region', { name: 'How to connect' });
  await expect(connect).toContainText(/ssh .*-p \d+ \S+@\S+|ssh \S+@\S+ -p \d+/, { timeout: 15_000 });
  await expect(connect.getByRole('button', { name: 'Copy ssh command' })).toBeVisible();
  await expect(page.getByText(/PRIVATE KEY/)).toHaveCount(0);

  await page.getByRole('link', { name: 'All robots and bookings' }).click();
  const row = page.getByRole('table', { name: 'Bookings' }).getByRole('row').filter({ hasText: 'Ready' });
  await expect(row.first()).toContainText('ssh ');
  await row.first().getByRole('link').click();
  await terminate(page);
  await expect(connect).toContainText('The booking has ended.');
  await expect(page.getByRole('button', { name: 'Terminate…' })).toHaveCount(0);
});

test('a busy robot is refused in words, reserved instead, and the queue is left', async ({ page, world }) => {
  const robot = await quietRobot(page, 'eu:cze');
  await keepBusy(world, robot, 6);
  await book(page, robot, false);
  const dialog = page.getByRole('dialog', { name: 'Book a robot' });
  await expect(dialog.getByRole('alert')).toContainText(/busy|in use|taken/i);
  await dialog.getByRole('checkbox', { name: /Wait in the queue/ }).check();
  await dialog.getByRole('button', { name: /^Book basic_kobuki/ }).click();
  await expect(fact(page, 'State')).toHaveText('Queued');
  await expect(page.getByText('You wait in the queue.')).toBeVisible();
  await page.getByRole('button', { name: 'Leave the queue…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the reservation' }).click();
  await expect(fact(page, 'State')).toHaveText('Cancelled', { timeout: 15_000 });
});

test('a place in the queue turns into the robot by itself', async ({ page, world }) => {
  const robot = await quietRobot(page, 'eu:cze');
  await keepBusy(world, robot, 3);
  await book(page, robot, true);
  await expect(fact(page, 'State')).toHaveText('Queued');
  await expect(async () => {
    // The others let go, one after the other; nobody is there to let go once it is our turn.
    await happen(world, 'other.release', robot.id).catch(() => undefined);
    await expect(fact(page, 'State')).toHaveText(/Starting|Ready/, { timeout: 500 });
  }).toPass({ timeout: 40_000 });
  await expect(fact(page, 'State')).toHaveText('Ready', { timeout: 30_000 });
  await terminate(page);
});

test('a robot that is offline can’t be booked, and says so', async ({ page, world }) => {
  const robot = await quietRobot(page, 'us:cali');
  await page.goto('/robots?q=kobuki');
  const button = page.getByRole('button', { name: `Book basic_kobuki ${robot.id.slice(0, 8)}` });
  await expect(button).toBeVisible();
  await happen(world, 'deployment.offline', robot.id);
  // One robot is looked at every two seconds.
  await expect(button).toHaveAttribute('aria-disabled', 'true', { timeout: 40_000 });
  await expectRefused(button, /Offline/);
  await happen(world, 'deployment.online', robot.id);
  await expect(button).not.toHaveAttribute('aria-disabled', 'true', { timeout: 40_000 });
});

test('what can’t be sent is refused at the field', async ({ page }) => {
  await page.goto('/robots');
  await page.getByRole('button', { name: 'Book…', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Book a robot' });
  await dialog.getByLabel('Time limit in minutes').fill('0');
  await expect(dialog.getByRole('alert')).toContainText('expected whole minutes');
  await dialog.getByLabel('Time limit in minutes').fill('60');
  await dialog.getByLabel('Your SSH public key').fill('-----BEGIN OPENSSH PRIVATE KEY-----');
  await expect(dialog.getByRole('alert')).toContainText(/private/i);
});
