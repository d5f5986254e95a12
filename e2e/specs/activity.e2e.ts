import { accountOf } from '../../scripts/lib/accounts.ts';
import { quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { happen } from '../world.ts';

test('who did what is on record, can be narrowed down, and the address keeps it', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const { username } = accountOf(world.env, 'operator');
  await page.goto('/activity');
  await page.getByRole('tab', { name: 'Record' }).click();
  await expect(page).toHaveURL('/activity?view=record');
  const log = page.getByRole('table', { name: 'Activity' });
  await page.getByRole('combobox', { name: 'Action' }).selectOption('Sessions');
  await page.getByRole('textbox', { name: 'Person' }).fill(username);
  await expect(page).toHaveURL(`/activity?view=record&action=session&actor=${username}`);
  const newest = log.getByRole('row').nth(1);
  await expect(newest).toContainText('Sign in');
  await expect(newest).toContainText(username);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Person' })).toHaveValue(username);
  await page.getByRole('textbox', { name: 'Person' }).fill('nobody-of-that-name');
  await expect(page.getByText('No entries match.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page).toHaveURL('/activity?view=record');
  await expect(log).toBeVisible();
});

test('the record is narrowed down by the way in and by time, and the address keeps both', async ({
  page,
  signInAs,
}) => {
  await signInAs('operator');
  await page.goto('/activity?view=record');
  const log = page.getByRole('table', { name: 'Activity' });
  const way = page.getByRole('combobox', { name: 'Way in' });
  await way.selectOption('VPN account');
  await expect(page).toHaveURL('/activity?view=record&way=vpn');
  await expect(log.getByRole('row').filter({ hasText: 'Sign in' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'From – to…' }).click();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/way=vpn&from=.+&to=/);
  await page.reload();
  await expect(way).toHaveValue('vpn');
  await page.goto('/activity?from=2020-01-01T00:00:00.000Z&to=2020-01-02T00:00:00.000Z');
  await expect(page.getByText('No entries match.')).toBeVisible();
});

test('what the system detects appears by itself and links to the resource', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('viewer');
  const gateway = await quietInstance(page, world);
  await page.goto(`/activity?subject=${gateway.id}`);
  await happen(world, 'instance.fail', gateway.id, 'exit code 21');
  const entry = page
    .getByRole('table', { name: 'Activity' })
    .getByRole('row')
    .filter({ hasText: 'exit code 21' });
  await expect(entry.first()).toContainText('System');
  await entry.first().getByRole('link', { name: gateway.name }).click();
  await expect(page).toHaveURL(`/instances/${gateway.id}`);
  await happen(world, 'instance.start', gateway.id);
});

test('a refused sign-in is on record without what was typed', async ({ page, world, signInAs }) => {
  await signInAs('admin');
  const refused = await page.request.post('/api/session', {
    data: { username: 'mallory', password: 'hunter2-hunter2' },
  });
  expect(refused.status()).toBe(401);
  await page.goto('/activity?action=session');
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: /Name [0-9a-f]{12}/ })
      .first(),
  ).toContainText('Refused');
  await expect(page.getByText(/hunter2|mallory/)).toHaveCount(0);
  expect(accountOf(world.env, 'admin').username).not.toContain('mallory');
});

test('Cycle’s own jobs are in the timeline', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/activity');
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('Cycle jobs');
  await expect(page).toHaveURL('/activity?kind=job');
  const jobs = page.getByRole('table', { name: 'Activity' }).getByRole('row');
  await expect(jobs.filter({ hasText: 'Completed' }).first()).toBeVisible();
  await expect(jobs.filter({ hasText: 'storage refused the upload' }).first()).toContainText('Error');
});

test('a failure and the recovery are told live in the timeline, and link to the instance', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('viewer');
  const gateway = await quietInstance(page, world);
  await page.goto(`/activity?subject=${gateway.name}&kind=state`);
  await happen(world, 'instance.unhealthy', gateway.id);
  const rows = page.getByRole('table', { name: 'Activity' }).getByRole('row');
  await expect(rows.filter({ hasText: 'Health lost' }).first()).toContainText('Failed');
  await happen(world, 'instance.healthy', gateway.id);
  const healed = rows.filter({ hasText: 'Healthy again' }).first();
  await expect(healed).toContainText('Recovered');
  await healed.getByRole('link', { name: gateway.name }).click();
  await expect(page).toHaveURL(`/instances/${gateway.id}`);
});
