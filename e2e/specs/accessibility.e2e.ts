import type { Page } from '@playwright/test';

import { expectAccessible, violations } from '../accessible.ts';
import { csrfHeaders, nodesOf, quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { pages, title } from '../page.ts';
import { stateOf } from '../world.ts';

// By far the longest file; its tests don't affect each other.
test.describe.configure({ mode: 'parallel' });

test('the sign-in page, and a refusal on it', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Account name').fill('nobody');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});

for (const { path, heading } of pages) {
  test(`the page ${heading}`, async ({ page, signInAs }) => {
    await signInAs('operator');
    await page.goto(path);
    await expect(title(page)).toHaveText(heading);
    await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
    await expectAccessible(page);
  });
}

async function make(page: Page, path: string, data: object): Promise<string> {
  const answer = await page.request.post(path, { data, headers: await csrfHeaders(page) });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

const claimsAtWork: { name: string; path: (page: Page, containerId: string) => Promise<string> }[] = [
  {
    name: 'the list of claims',
    path: async (page, containerId) => {
      await make(page, '/api/claims', { containerId, spawn: {}, releaseAfterSeconds: 60 });
      return '/functions?view=claims&state=all';
    },
  },
  {
    name: 'one claim that runs',
    path: async (page, containerId) =>
      `/functions/claims/${await make(page, '/api/claims', { containerId, spawn: {}, releaseAfterSeconds: 60 })}`,
  },
  {
    name: 'batches',
    path: async (page, containerId) => {
      await make(page, '/api/claim-batches', { containerId, count: 2, releaseAfterSeconds: 5 });
      return '/functions?view=batches';
    },
  },
  { name: 'durations', path: async () => '/functions?view=durations' },
  {
    name: 'access tokens',
    path: async (page) => {
      await make(page, '/api/access-tokens', { name: 'a script' });
      return '/access-tokens';
    },
  },
];
for (const { name, path } of claimsAtWork) {
  test(name, async ({ page, world, signInAs }) => {
    await signInAs('operator');
    const { ids } = await stateOf(world);
    await page.goto(await path(page, ids.containers['render'] ?? ''));
    await expect(title(page)).toBeVisible();
    await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
    await expectAccessible(page);
  });
}

test('the pages of one container and one instance', async ({ page, world, signInAs }) => {
  await signInAs('operator');
  const { ids } = await stateOf(world);
  await page.goto(`/containers/${ids.containers['api']}`);
  await expect(title(page)).toHaveText('API');
  await expectAccessible(page);
  const gateway = await quietInstance(page, world);
  await page.goto(`/instances/${gateway.id}`);
  await expect(title(page)).toHaveText(gateway.name);
  await expectAccessible(page);
});

for (const tabs of [
  ['events', 'telemetry'],
  ['relations', 'raw'],
])
  test(`the tabs ${tabs.join(' and ')} of a container`, async ({ page, world, signInAs }) => {
    await signInAs('operator');
    const { ids } = await stateOf(world);
    for (const tab of tabs)
      await expectTabAccessible(page, `/containers/${ids.containers['api']}?tab=${tab}`);
  });

test('the timeline and the record in Activity', async ({ page, signInAs }) => {
  await signInAs('operator');
  await expectTabAccessible(page, '/activity');
  await expectTabAccessible(page, '/activity?view=record');
});

async function expectTabAccessible(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('tabpanel')).not.toBeEmpty();
  await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
  await expectAccessible(page);
}

test('the topology as a table, with the panel of a node', async ({ page, world, signInAs }) => {
  await signInAs('operator');
  const gateway = await quietInstance(page, world);
  await page.goto(`/topology?view=table&select=${gateway.id}`);
  await expect(page.getByRole('heading', { name: gateway.name })).toBeVisible();
  await expectAccessible(page);
});

test('charts, and the picker over them', async ({ page, world, signInAs }) => {
  await signInAs('operator');
  const { ids } = await stateOf(world);
  await page.goto(`/telemetry?container=${ids.containers['postgres']}`);
  await expect(page.getByRole('group', { name: 'Time range' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Choose another…' }).click();
  await expect(page.getByRole('textbox', { name: 'Name or id' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

const dialogs: { name: string; path: string; open: (page: Page) => Promise<void> }[] = [
  { name: 'the shortcut sheet', path: '/', open: (page) => page.keyboard.press('?') },
  { name: 'the palette', path: '/', open: (page) => page.keyboard.press('Control+k') },
  {
    name: 'the claim dialog',
    path: '/functions',
    open: async (page) => {
      await page.getByRole('button', { name: 'Claim Render' }).click();
      await page.getByRole('button', { name: 'Add variable' }).click();
    },
  },
  {
    name: 'the dialog to adopt',
    path: '/functions',
    open: (page) => page.getByRole('button', { name: 'Adopt an instance of Render' }).click(),
  },
  {
    name: 'the dialog to release my claims, with its curl',
    path: '/functions',
    open: async (page) => {
      await page.getByRole('button', { name: 'Release my claims…' }).click();
      await page.getByText('As curl').click();
    },
  },
  {
    name: 'the dialog for a new token',
    path: '/access-tokens',
    open: (page) => page.getByRole('button', { name: 'New token…' }).click(),
  },
  {
    name: 'the booking dialog',
    path: '/robots',
    open: (page) =>
      page
        .getByRole('button', { name: /^Book / })
        .first()
        .click(),
  },
];
for (const { name, path, open } of dialogs) {
  test(name, async ({ page, signInAs }) => {
    await signInAs('operator');
    await page.goto(path);
    await expect(title(page)).toBeVisible();
    await open(page);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
  });
}

test('the question before stopping, and the menus of the bar', async ({ page, signInAs }) => {
  await signInAs('operator');
  const instance = (await nodesOf(page)).find(
    ({ kind, name }) => kind === 'instance' && name.startsWith('redis-'),
  );
  await page.goto(`/instances/${instance?.id}`);
  await page.getByRole('button', { name: `Stop ${instance?.name}` }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.setViewportSize({ width: 1440, height: 900 });
  const bar = page.getByRole('banner');
  for (const button of [
    bar.getByRole('button', { name: /^Live/ }),
    bar.getByRole('button', { name: /, operator: / }),
  ]) {
    await button.click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  }
});
