import { expect, test } from '../fixtures.ts';
import { fact } from '../page.ts';
import { cancelReservation, queueLengthOf, reservationsOf } from '../rerobots.ts';
import {
  waitUntilReady,
  book,
  bookDialog,
  keepBusy,
  releaseUntil,
  quietRobot,
  terminate,
} from '../robots.ts';

test.use({ speed: 20 });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('a busy robot is refused in words, queued for instead, and the queue is left', async ({
  page,
  world,
}) => {
  const robot = await quietRobot(page, 'eu:cze');
  await keepBusy(world, robot, 6);
  await book(page, robot);
  const dialog = bookDialog(page);
  await expect(dialog.getByRole('alert')).toContainText(/busy|in use|taken/i);
  await expect(dialog.getByRole('button', { name: 'Notify when free' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Join queue' }).click();
  await expect(fact(page, 'State')).toHaveText('Queued');
  await page.getByRole('button', { name: 'Leave queue…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave queue' }).click();
  await expect(fact(page, 'State')).toHaveText('Cancelled', { timeout: 15_000 });
  await releaseUntil(world, robot, async () => expect(await reservationsOf(world)).toEqual([]));
});

test('a place in the queue turns into the robot by itself', async ({ page, world }) => {
  const robot = await quietRobot(page, 'eu:cze');
  await keepBusy(world, robot, 3);
  await book(page, robot, { reserve: true });
  await expect(fact(page, 'State')).toHaveText('Queued');
  await releaseUntil(world, robot, () =>
    expect(fact(page, 'State')).toHaveText(/Starting|Ready/, { timeout: 500 }),
  );
  await waitUntilReady(page);
  await terminate(page);
});

test('a reservation cancelled at rerobots shows as such, and holds nothing', async ({ page, world }) => {
  // rerobots drops a reservation a moment before it lists the instance, so one counts as gone only after half a minute.
  const robot = await quietRobot(page, 'us:cali');
  await keepBusy(world, robot, 8);
  await book(page, robot, { reserve: true });
  await expect(fact(page, 'State')).toHaveText('Queued');
  const [id] = await reservationsOf(world);
  expect(await cancelReservation(world, id ?? '')).toBe(200);
  await expect(fact(page, 'State')).toHaveText('Cancelled', { timeout: 60_000 });
  await expect(fact(page, 'Error')).toContainText('was cancelled at rerobots, not here');
  await expect(page.getByRole('button', { name: 'Leave queue…' })).toHaveCount(0);
  await releaseUntil(world, robot, async () => {
    expect(await queueLengthOf(world, robot.id)).toBe(0);
  });
});
