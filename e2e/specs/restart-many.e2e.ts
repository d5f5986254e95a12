import { csrfHeaders, instancesOf } from '../api.ts';
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

test('a server killed in the midst of it goes on where it was, and begins none twice', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const ids = (await instancesOf(page, world, 'planner')).map(({ id }) => id);
  const headers = await csrfHeaders(page);
  const data = { action: 'restart', instances: ids.join(','), concurrency: 2 };
  const made = await page.request.post('/api/task-batches', { data, headers });
  expect(made.status()).toBe(202);
  const { id } = (await made.json()) as { id: string };
  type Report = { state: string; counts: Record<string, number> };
  const report = async () => (await (await page.request.get(`/api/task-batches/${id}`)).json()) as Report;
  await expect.poll(async () => (await report()).counts['running']).toBe(2);
  await world.crashServer();
  await expect.poll(async () => (await report()).state, { timeout: 120_000 }).toBe('ended');
  const { counts } = await report();
  expect(counts).toMatchObject({ waiting: 0, running: 0, skipped: 0, unknown: 0 });
  const started = await page.request.get('/api/activity?action=instance.restart&outcome=started&limit=50');
  const { entries } = (await started.json()) as { entries: { subject: { id: string } | null }[] };
  const begun = entries.flatMap(({ subject }) => (ids.includes(subject?.id ?? '') ? [subject?.id] : []));
  expect(begun).toHaveLength(ids.length - (counts['refused'] ?? 0));
  expect(new Set(begun).size).toBe(begun.length);
});
