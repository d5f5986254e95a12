import type { Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { expect, test } from '../fixtures.ts';
import { expectRefused, fact, title } from '../page.ts';
import { startSecondServer } from '../second-server.ts';
import { stateOf } from '../world.ts';

test('several jobs at once, one of them scheduled and one that fails, are followed to their ends', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('viewer');
  const { ids } = await stateOf(world);
  await page.goto('/jobs');
  await expect(page.getByText(/^Followed by Cycle’s public API/)).toBeVisible();
  const listed = page.getByRole('main').getByRole('listitem');
  const event = (body: object) => world.control('POST', '/events', body);
  const message = 'port 8080 is in use';
  await event({ kind: 'container.build', id: ids.containers['planner'], ms: 15_000 });
  await event({ kind: 'container.reconfigure', id: ids.containers['mqtt-broker'], message });
  await event({ kind: 'container.deploy', id: ids.containers['web'], version: 'v9.9.9' });

  // The newest of that name: the simulated environment has jobs of its own.
  const build = listed.filter({ hasText: /^\s*(Scheduled|In progress|Completed)Build image for/ }).first();
  await expect(build).toContainText('Scheduled', { timeout: 15_000 });
  await expect(build).toContainText(/Waits until/);
  const failed = listed.filter({ hasText: message }).first();
  await expect(failed).toContainText('Error', { timeout: 60_000 });
  const deployed = listed.filter({ hasText: /^\s*CompletedDeploy/ }).first();
  await expect(deployed).toBeVisible({ timeout: 60_000 });
  await expect(listed.filter({ hasText: /^\s*CompletedBuild image for/ }).first()).toBeVisible({
    timeout: 60_000,
  });
  const done = listed.filter({ hasText: /^\s*CompletedBuild image for/ }).first();
  await done.getByRole('button', { name: 'Show steps' }).click();
  for (const step of ['Fetch source', 'Push', 'Scan'])
    await expect(done.getByText(step, { exact: true })).toBeVisible();
});

test('without the public API the page says so, and what is begun here is followed by instance state', async ({
  page,
  world,
}) => {
  const server = await startSecondServer(world, { CYCLE_PLATFORM_API_KEY: '' });
  try {
    const entered = await page.request.post(`${server.url}/api/session`, {
      data: accountOf(world.env, 'operator'),
    });
    expect(entered.ok()).toBe(true);
    await page.goto(`${server.url}/jobs`);
    await expect(title(page)).toHaveText('Jobs');
    await expect(
      page.getByText('Followed by the instances’ state: Cycle’s public API is not set up.'),
    ).toBeVisible();
    await expect(page.getByText('Ask an admin to set it up.')).toBeVisible();

    const { id, name } = await gatewayAt(
      page,
      server.url,
      (await stateOf(world)).ids.containers['env-gateway'],
    );
    await page.goto(`${server.url}/instances/${id}`);
    await expect(fact(page, 'State')).toHaveText('Running');
    await followed(page, 'Restart', name, 'Running');
    await followed(page, 'Stop', name, 'Stopped');
    await expectRefused(page.getByRole('button', { name: `Stop ${name}` }), /It is stopped/);
    await followed(page, 'Start', name, 'Running');

    await page.goto(`${server.url}/jobs`);
    await page.getByRole('main').getByRole('link', { name: 'Activity' }).click();
    const rows = page.getByRole('table', { name: 'Activity' }).getByRole('row');
    await expect(rows.filter({ hasText: 'Start instance' }).filter({ hasText: name }).first()).toContainText(
      'Done',
    );
  } finally {
    await server.stop();
  }
});

const progressOf = (page: Page) =>
  page.getByRole('status').filter({ has: page.getByText(/^(Start|Stop|Restart)$/) });

/** The gateway's one instance, which the simulator's random events never touch, once that dashboard has read it. */
async function gatewayAt(page: Page, url: string, containerId = ''): Promise<{ id: string; name: string }> {
  type Node = { kind: string; id: string; name: string; containerId?: string };
  let found: Node | undefined;
  const isThere = async (): Promise<boolean> => {
    const answer = await page.request.get(`${url}/api/topology`);
    const { nodes = [] } = (await answer.json()) as { nodes?: Node[] };
    found = nodes.find((node) => node.kind === 'instance' && node.containerId === containerId);
    return found !== undefined;
  };
  await expect.poll(isThere, { timeout: 60_000 }).toBe(true);
  if (found === undefined) throw new Error('the gateway has no instance in this world');
  return found;
}

/** Requested on its page, seen on its way, and at its end in the state that was asked for. */
async function followed(
  page: Page,
  verb: 'Restart' | 'Stop' | 'Start',
  name: string,
  state: string,
): Promise<void> {
  await page.getByRole('button', { name: `${verb} ${name}`, exact: true }).click();
  if (verb !== 'Start') {
    const question = page.getByRole('dialog', { name: `${verb} ${name}?` });
    await question.getByRole('button', { name: `${verb} ${name}` }).click();
    await expect(question).toHaveCount(0);
  }
  const progress = progressOf(page);
  await expect(progress).toContainText(verb);
  await expect(progress).toContainText('Done', { timeout: 60_000 });
  await expect(progress).toContainText('The instance reached the requested state.');
  await expect(fact(page, 'State')).toHaveText(state);
}
