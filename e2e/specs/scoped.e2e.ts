import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';

// The internal API refuses the dashboard’s container servers, networks and notifications.
test.use({ scenario: 'scoped' });

test('a part that may not be read names the scope it needs, in its place, and the others go on', async ({
  page,
  signInAs,
}) => {
  test.slow();
  await signInAs('viewer');
  for (const [path, heading] of [
    ['/servers', 'Servers'],
    ['/networks', 'Networks'],
  ] as const) {
    await page.goto(path);
    await expect(title(page)).toHaveText(heading, { timeout: 30_000 });
    await expect(page.getByRole('main')).toContainText(
      /needs the scope \S+ in config\.runtime\.internal_api\.scope/,
      {
        timeout: 30_000,
      },
    );
  }
  for (const [path, heading, shown] of [
    ['/containers', 'Containers', 'Cyclorama'],
    ['/variables', 'Variables', 'DB_URL'],
    ['/addresses', 'Domains and IPs', 'Cyclorama'],
  ] as const) {
    await page.goto(path);
    await expect(title(page)).toHaveText(heading, { timeout: 30_000 });
    await expect(page.getByRole('main').getByText(shown).first()).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  }
});
