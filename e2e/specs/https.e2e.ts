import { accountOf } from '../../scripts/lib/accounts.ts';
import { freePort } from '../../scripts/lib/processes.ts';
import { startReverseProxy } from '../../server/src/testing/reverse-proxy.fixture.ts';
import { expect, test } from '../fixtures.ts';
import { signInBy, title } from '../page.ts';
import { startSecondServer } from '../second-server.ts';

const basePath = '/ops';

test('with https configured and http opened, the page says what to open, or a trusted proxy leads there', async ({
  page,
  world,
}) => {
  const port = await freePort(47_000 + (process.pid % 1_000) * 10);
  // A name that is not this very machine to the browser, where alone it would take a Secure cookie over http.
  const host = `dash.test:${port}`;
  const publicUrl = `https://${host}${basePath}`;
  const server = await startSecondServer(world, { PUBLIC_URL: publicUrl, TRUST_PROXY: '1' });
  const routes = { [basePath]: server.url };
  const unknown = { 'x-forwarded-for': '198.51.100.7' };
  const silent = await startReverseProxy({ routes, strips: true, port, headers: unknown });
  try {
    await page.goto(`http://${host}${basePath}/robots?q=kobuki`);
    await expect(title(page)).toHaveText('Sign in to Cyclorama');
    const link = page.getByRole('alert').getByRole('link');
    await expect(page.getByRole('alert')).toContainText('Signing in works over https only');
    await expect(link).toHaveAttribute('href', `${publicUrl}/robots?q=kobuki`);
    await expect(page.getByLabel('Password')).toHaveCount(0);
    silent.close();

    const headers = { 'x-forwarded-proto': 'http' };
    const telling = await startReverseProxy({ routes, strips: true, port, headers });
    const redirect = page.waitForRequest(`${publicUrl}/robots?q=kobuki`);
    await page.goto(`http://${host}${basePath}/robots?q=kobuki`).catch(() => undefined);
    await redirect;
    telling.close();
  } finally {
    silent.close();
    await server.stop();
  }
});

test('a browser that keeps no cookie is told so, and not led round in a circle', async ({
  page,
  context,
  world,
}) => {
  await page.route('**/api/session', async (route) => {
    const response = await route.fetch();
    await context.clearCookies();
    const { 'set-cookie': _dropped, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await page.goto('/');
  await signInBy(page, accountOf(world.env, 'viewer'));
  await expect(page.getByRole('alert')).toContainText('The browser did not keep the session’s cookie.');
  await expect(page.getByRole('alert')).toContainText('Allow cookies for this site, then sign in again.');
});
