import { accountOf } from '../../scripts/lib/accounts.ts';
import { expect, test } from '../fixtures.ts';
import { expectRefused, fact, title } from '../page.ts';
import { book, nameOf, panel, quietRobot, terminate, waitUntilReady } from '../robots.ts';
import type { Deployment } from '../robots.ts';

test.use({ speed: 20 });

test('an admin gives a robot a name the whole team sees, and takes it away', async ({ page, signInAs }) => {
  await signInAs('admin');
  const answer = await page.request.get('/api/robots/deployments');
  const { deployments } = (await answer.json()) as { deployments: Deployment[] };
  // Of all robots the one that no other spec names.
  const robot = deployments.find(({ type }) => type === 'user_provided');
  if (!robot) throw new Error('expected the robot of the account itself');
  await page.goto(`/robots/deployments/${robot.id}`);
  await page.getByRole('button', { name: 'Give a nickname…' }).click();
  const dialog = page.getByRole('dialog', { name: `Nickname of ${nameOf(robot)}` });
  await dialog.getByRole('textbox', { name: 'Nickname' }).fill('Old Faithful');
  await dialog.getByRole('button', { name: 'Save nickname' }).click();
  await expect(title(page)).toHaveText('Old Faithful');

  await signInAs('operator');
  await page.goto('/robots');
  await page.getByPlaceholder('Type or region').fill('faithful');
  const row = page.getByRole('row').filter({ hasText: 'Old Faithful' });
  await expect(row).toContainText(nameOf(robot));
  await page.goto(`/robots/deployments/${robot.id}`);
  await expectRefused(page.getByRole('button', { name: 'Change nickname…' }), /Only admins can do this/);

  await signInAs('admin');
  await page.reload();
  await page.getByRole('button', { name: 'Change nickname…' }).click();
  await dialog.getByRole('textbox', { name: 'Nickname' }).fill('');
  await dialog.getByRole('button', { name: 'Remove nickname' }).click();
  await expect(title(page)).toHaveText(nameOf(robot));
});

test('who is handed a robot hears of it on any page, and the timeline names them', async ({
  page,
  browser,
  world,
  signInAs,
}) => {
  const receiver = await (await browser.newContext({ baseURL: world.url })).newPage();
  await signInAs('admin', receiver);
  await receiver.goto('/activity');
  await signInAs('operator');
  const [giver, taker] = [accountOf(world.env, 'operator').username, accountOf(world.env, 'admin').username];
  const robot = await quietRobot(page, 'eu:cze');
  await book(page, robot);
  await waitUntilReady(page);
  const booking = new URL(page.url()).pathname;
  await page.getByRole('button', { name: 'Hand over…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Hand over/ });
  await dialog.getByLabel('To').fill(taker);
  await dialog.getByRole('button', { name: /^Hand over/ }).click();
  await expect(fact(page, 'Held by')).toContainText(taker);

  const notice = receiver
    .getByRole('region', { name: 'Handed over to you' })
    .getByText(`${giver} handed ${nameOf(robot)} over to you`);
  await expect(notice).toBeVisible({ timeout: 15_000 });
  await receiver.goto('/topology');
  await expect(notice).toBeVisible({ timeout: 15_000 });
  const link = receiver.locator(`a[href$="${booking}"]`, { hasText: 'Open' });
  await link.click();
  await expect(receiver).toHaveURL(new RegExp(`${booking}$`));
  await expect(receiver.getByRole('list', { name: 'Held before by' })).toContainText(giver);
  await receiver
    .getByRole('region', { name: 'Handed over to you' })
    .locator('div')
    .filter({ has: link })
    .last()
    .getByRole('button', { name: 'Dismiss' })
    .click();
  await expect(link).toHaveCount(0);

  await receiver.goto('/robots?view=timeline');
  const rows = panel(receiver, 'Who held what')
    .getByRole('row')
    .filter({ hasText: nameOf(robot) });
  await expect(rows.filter({ hasText: taker }).first()).toContainText('holds it');
  await receiver.goto(booking);
  await terminate(receiver);
  await receiver.context().close();
});
