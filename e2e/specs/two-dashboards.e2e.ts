import type { Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { freePort } from '../../scripts/lib/processes.ts';
import { startReverseProxy } from '../../server/src/testing/reverse-proxy.fixture.ts';
import { expect, test } from '../fixtures.ts';
import { signInBy, title } from '../page.ts';
import { startSecondServer } from '../second-server.ts';

async function signOut(page: Page): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^\S+, (admin|operator|viewer): / })
    .click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(title(page)).toHaveText('Sign in to Cyclorama');
}

test('two dashboards on two ports of one host keep their sessions apart', async ({
  page,
  context,
  world,
}) => {
  const second = await startSecondServer(world);
  const other = await context.newPage();
  try {
    await page.goto(`${world.url}/containers`);
    await signInBy(page, accountOf(world.env, 'admin'));
    await expect(title(page)).toHaveText('Containers');
    await other.goto(`${second.url}/instances`);
    await signInBy(other, accountOf(world.env, 'viewer'));
    await expect(title(other)).toHaveText('Instances');
    await page.reload();
    await expect(page.getByRole('banner').getByRole('button', { name: /, admin: / })).toBeVisible();

    await signOut(page);
    await other.reload();
    await expect(other.getByRole('banner').getByRole('button', { name: /, viewer: / })).toBeVisible();
    await expect(other.getByRole('banner')).toContainText('Live');
  } finally {
    await second.stop();
  }
});

test('so do two below two paths of one host, and one at its root', async ({ page, context, world }) => {
  const port = await freePort(46_000 + (process.pid % 1_000) * 10);
  const origin = `http://localhost:${port}`;
  const servers = {
    '/a': await startSecondServer(world, { PUBLIC_URL: `${origin}/a` }),
    '/b': await startSecondServer(world, { PUBLIC_URL: `${origin}/b` }),
  };
  const routes = { '/a': servers['/a'].url, '/b': servers['/b'].url, '': world.url };
  const proxy = await startReverseProxy({ routes, strips: false, port });
  const pages = { '/a': page, '/b': await context.newPage(), '': await context.newPage() };
  try {
    for (const [base, each] of Object.entries(pages)) {
      await each.goto(`${origin}${base}/containers`);
      await signInBy(each, accountOf(world.env, 'viewer'));
      await expect(title(each)).toHaveText('Containers');
    }
    await signOut(pages['']);
    await signOut(pages['/a']);
    await pages['/b'].reload();
    await expect(title(pages['/b'])).toHaveText('Containers');
    await pages['/a'].reload();
    await expect(title(pages['/a'])).toHaveText('Sign in to Cyclorama');
  } finally {
    proxy.close();
    for (const server of Object.values(servers)) await server.stop();
  }
});
