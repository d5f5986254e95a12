import { instancesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { happen } from '../world.ts';

test('all of a filter are restarted in four clicks, and the report of each stays', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const found = await instancesOf(page, world, 'api');
  const [broken] = found;
  if (broken === undefined) throw new Error('no instance of api in this world');
  await happen(world, 'instance.fails-to-start', broken.id);
  await page.goto('/instances?q=api-');
  const all = page.getByRole('button', { name: /^Select all/ });
  await expect(all).toHaveText(`Select all ${found.length}`);
  await all.click();
  await page.getByRole('button', { name: `Restart ${found.length}`, exact: true }).click();
  const question = page.getByRole('dialog', { name: `Restart ${found.length} instances?` });
  await question.getByRole('checkbox', { name: 'Stop at the first failure' }).click();
  await question.getByRole('button', { name: `Restart ${found.length} instances` }).click();

  const report = page.getByRole('dialog', { name: `Restart of ${found.length} instances` });
  await expect(report.getByRole('listitem')).toHaveCount(found.length);
  await expect(report.getByRole('status')).not.toContainText(/at work|waiting/, { timeout: 60_000 });
  await expect(report.getByRole('listitem').filter({ hasText: broken.name })).toContainText('failed');
  await page.reload();
  await expect(report.getByRole('listitem').first()).toContainText('failed');
  await happen(world, 'instance.starts-again', broken.id);
  await happen(world, 'instance.start', broken.id);
});
