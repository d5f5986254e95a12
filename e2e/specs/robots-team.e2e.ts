import { readFile } from 'node:fs/promises';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { expect, test } from '../fixtures.ts';
import { expectRefused, fact, title } from '../page.ts';
import {
  waitUntilReady,
  book,
  keepBusy,
  releaseUntil,
  nameOf,
  panel,
  quietRobot,
  terminate,
} from '../robots.ts';

test.use({ speed: 20 });

test('a robot that is free is announced on any page to who asked for it', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const robot = await quietRobot(page, 'us:cali');
  await keepBusy(world, robot, 2);
  await page.goto(`/robots/deployments/${robot.id}`);
  await expect(fact(panel(page, 'Robot'), 'Queue')).toContainText('in use', { timeout: 80_000 });
  await page.getByRole('button', { name: 'Notify when free' }).click();
  await expect(page.getByRole('button', { name: 'Stop watching' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Activity' }).click();
  await expect(title(page)).toHaveText('Activity');
  await releaseUntil(world, robot, () =>
    expect(page.getByText(`${nameOf(robot)} is free`)).toBeVisible({ timeout: 500 }),
  );
  await expect(page).toHaveTitle(new RegExp(`^● Free: ${nameOf(robot)}`));
});

test('a robot started elsewhere is shown as nobody’s, and only an admin ends it', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const robot = await quietRobot(page, 'eu:cze');
  const answer = await fetch(`${world.env['REROBOTS_API_URL']}/new/${robot.id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.env['REROBOTS_API_TOKEN']}` },
    body: '{}',
  });
  const { id } = (await answer.json()) as { id: string };
  await page.goto('/robots');
  const row = page.getByRole('table', { name: 'Not booked here' }).getByRole('row').nth(1);
  await expect(row).toContainText('not booked here', { timeout: 50_000 });
  await expectRefused(row.getByRole('button', { name: 'Terminate…' }), /Only an admin can do this/);
  await row.getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/robots/bookings/${id}$`));
  await expect(fact(page, 'Held by')).toContainText('not booked here');
  await signInAs('admin');
  await page.reload();
  await terminate(page);
});

test('the team sees who holds what, and takes the usage along', async ({ page, world, signInAs }) => {
  await signInAs('operator');
  const { username } = accountOf(world.env, 'operator');
  const robot = await quietRobot(page, 'us:cali');
  await book(page, robot);
  await waitUntilReady(page);
  const booking = page.url();
  await page.goto('/robots?view=team');
  const held = panel(page, 'Holders').getByRole('row').nth(1);
  await expect(held).toContainText(nameOf(robot));
  await expect(held).toContainText(username);
  await page.goto(booking);
  await terminate(page);
  await page.goto('/robots?view=team');
  await expect(panel(page, 'Holders')).toContainText('No robots held');
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  expect(file.split(/\r?\n/)[0]).toMatch(/type/);
});
