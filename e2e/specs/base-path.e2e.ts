import { accountOf } from '../../scripts/lib/accounts.ts';
import { freePort } from '../../scripts/lib/processes.ts';
import { startReverseProxy } from '../../server/src/testing/reverse-proxy.fixture.ts';
import { expect, test } from '../fixtures.ts';
import { signInBy, title } from '../page.ts';
import { startSecondServer } from '../second-server.ts';

const basePath = '/ops/dash';

for (const strips of [true, false]) {
  test(`below a path, behind a proxy that ${strips ? 'strips' : 'keeps'} it, everything works`, async ({
    page,
    context,
    world,
  }) => {
    const port = await freePort(45_000 + (process.pid % 1_000) * 10);
    const url = `http://localhost:${port}${basePath}`;
    const server = await startSecondServer(world, { PUBLIC_URL: url });
    const proxy = await startReverseProxy({ routes: { [basePath]: server.url }, strips, port });
    const outside: string[] = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) outside.push(request.url());
    });
    try {
      await page.goto(`${url}/instances?q=api`);
      await signInBy(page, accountOf(world.env, 'operator'));
      await expect(title(page)).toHaveText('Instances');
      await expect(page).toHaveURL(`${url}/instances?q=api`);
      const [cookie] = await context.cookies();
      expect(cookie).toMatchObject({ path: basePath });
      await expect(page.getByRole('banner')).toContainText('Live');

      const row = page.getByRole('table', { name: 'Instances' }).getByRole('link').first();
      expect(await row.getAttribute('href')).toContain(`${basePath}/instances/`);
      await row.click();
      await expect(page).toHaveURL(new RegExp(`${basePath}/instances/\\w+$`));
      await expect(title(page)).toHaveText(/^api-/);
      await page.reload();
      await expect(title(page)).toHaveText(/^api-/);
      await expect(page.getByRole('banner')).toContainText('Live');

      const navigation = page.getByRole('navigation');
      for (const place of ['Topology', 'Telemetry', 'Robots', 'Activity', 'Functions']) {
        await navigation.getByRole('link', { name: place }).click();
        await expect(title(page)).toHaveText(place);
        await expect(page).toHaveURL(new RegExp(`^${url}/${place.toLowerCase()}`));
      }
      await page.goto(`${url}/functions?view=claims`);
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: /CSV/ }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/\.csv$/);
      expect(await download.failure()).toBeNull();

      await page.goto(`${url}/functions`);
      await page.getByRole('button', { name: /^Claim Render/ }).click();
      await page.getByRole('dialog').getByText('As curl').click();
      await expect(page.getByRole('dialog')).toContainText(`${url}/api/claims`);
      await page.goto(url);
      await expect(title(page)).toHaveText('Overview');
      expect(outside, 'requests that leave the path').toEqual([]);
    } finally {
      proxy.close();
      await server.stop();
    }
  });
}
