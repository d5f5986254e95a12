import { expect, test } from '../fixtures.ts';
import { fact } from '../helpers.ts';
import { becomesReady, book, bookDialog, keepBusy, letGoUntil, quietRobot, terminate } from '../robots.ts';

test.use({ speed: 20 });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

/** Ids of the account's reservations, as rerobots tells them. */
async function reservationsOf(env: Record<string, string>): Promise<string[]> {
  const headers = { authorization: `Bearer ${env['REROBOTS_API_TOKEN']}` };
  const answer = await fetch(`${env['REROBOTS_API_URL']}/reservations`, { headers });
  const { reservations } = (await answer.json()) as { reservations: { id: string }[] };
  return reservations.map(({ id }) => id);
}

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
  await letGoUntil(world, robot, async () => expect(await reservationsOf(world.env)).toEqual([]));
});

test('a place in the queue turns into the robot by itself', async ({ page, world }) => {
  const robot = await quietRobot(page, 'eu:cze');
  await keepBusy(world, robot, 3);
  await book(page, robot, { reserve: true });
  await expect(fact(page, 'State')).toHaveText('Queued');
  await letGoUntil(world, robot, () =>
    expect(fact(page, 'State')).toHaveText(/Starting|Ready/, { timeout: 500 }),
  );
  await becomesReady(page);
  await terminate(page);
});

test('a reservation cancelled behind our back is told, and holds nothing', async ({ page, world }) => {
  // rerobots forgets a reservation a moment before it shows the instance: half a minute passes before it counts as gone.
  const robot = await quietRobot(page, 'us:cali');
  await keepBusy(world, robot, 8);
  await book(page, robot, { reserve: true });
  await expect(fact(page, 'State')).toHaveText('Queued');
  const [id] = await reservationsOf(world.env);
  const answer = await fetch(`${world.env['REROBOTS_API_URL']}/reservation/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${world.env['REROBOTS_API_TOKEN']}` },
  });
  expect(answer.status).toBe(200);
  await expect(fact(page, 'State')).toHaveText('Cancelled', { timeout: 60_000 });
  await expect(fact(page, 'Error')).toContainText('it was cancelled at rerobots, not here');
  await expect(page.getByRole('button', { name: 'Leave queue…' })).toHaveCount(0);
  await letGoUntil(world, robot, async () => {
    const { queuelen } = (await (
      await fetch(`${world.env['REROBOTS_API_URL']}/deployment/${robot.id}`)
    ).json()) as { queuelen: number };
    expect(queuelen).toBe(0);
  });
});
