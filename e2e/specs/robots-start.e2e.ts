import { expect, test } from '../fixtures.ts';
import { fact } from '../page.ts';
import { book, bookDialog, nameOf, quietRobot, requestTermination } from '../robots.ts';
import { happen } from '../world.ts';

// At real speed: the cause of a failure is derived from how long the start took.
test.use({ speed: 1 });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('a robot that does not start is explained, with what can be done', async ({ page, world }) => {
  const robot = await quietRobot(page, 'us:cali');
  const other = await quietRobot(page, 'eu:cze');
  await happen(world, 'instance.init-fail-next', robot.id);
  await book(page, robot);
  await expect(fact(page, 'State')).toHaveText('Starting');
  await expect(fact(page, 'State')).toHaveText('Failed', { timeout: 30_000 });
  const what = page.getByRole('region', { name: 'Failure' });
  await expect(what).toContainText('The robot did not start');
  await expect(what).toContainText('Nothing is running.');
  await what.getByRole('button', { name: `Take ${nameOf(other)} instead` }).click();
  await expect(bookDialog(page).getByRole('combobox', { name: 'Robot' })).toHaveValue(other.id);
});

test('a request to end a robot that starts is kept, and carried out once it is ready', async ({ page }) => {
  await book(page, await quietRobot(page, 'eu:cze'));
  await expect(fact(page, 'State')).toHaveText('Starting');
  await requestTermination(page);
  await expect(fact(page, 'Termination')).toContainText('requested');
  await expect(fact(page, 'State')).toHaveText('Terminated', { timeout: 80_000 });
});
