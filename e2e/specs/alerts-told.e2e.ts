import type { Locator, Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { startReceiver, WEBHOOK_SECRET } from '../../server/src/testing/webhook-receiver.fixture.ts';
import type { Receiver } from '../../server/src/testing/webhook-receiver.fixture.ts';
import { expectAccessible } from '../accessible.ts';
import { csrfHeaders, instancesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { startSecondServer } from '../second-server.ts';
import type { SecondServer } from '../second-server.ts';
import { happen } from '../world.ts';

// Nothing fails by itself, so that what is told is of what a spec lets happen.
test.use({ scenario: 'still' });

/** A round of the rules is due every five seconds. */
const patient = { timeout: 90_000 };

let receiver: Receiver;
let dashboard: SecondServer;

test.beforeAll(async ({ world }) => {
  receiver = await startReceiver();
  dashboard = await startSecondServer(world, {
    ALERT_WEBHOOK_URL: receiver.url,
    ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET,
  });
});
test.afterAll(async () => {
  await dashboard.stop();
  await receiver.close();
});

/** In both themes and on a phone; then the window is as it was. */
async function expectAccessibleHere(page: Page): Promise<void> {
  const size = page.viewportSize();
  await expectAccessible(page);
  if (size !== null) await page.setViewportSize(size);
}

async function makeRule(page: Page, at: string, name: string, of: string): Promise<void> {
  const headers = await csrfHeaders(page, at);
  const data = {
    name,
    condition: { kind: 'instance-state', is: 'failed' },
    scope: { objects: [of], names: [], deployments: [] },
    forSeconds: 0,
    severity: 'critical',
  };
  const answer = await page.request.post(`${at}/api/alert-rules`, { headers, data });
  expect(answer.status()).toBe(201);
}

/** "21:40" in UTC, so many minutes from now. */
const clockIn = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);

async function openTelling(page: Page): Promise<Locator> {
  await page.goto(`${dashboard.url}/alerts?view=rules`);
  await page.getByRole('button', { name: 'What is told…' }).click();
  return page.getByRole('dialog', { name: 'What is told' });
}

test('quiet hours hold back what fires, which is then told as one, fails on its way and is sent again', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('admin');
  const [first, second] = await instancesOf(page, world, 'api');
  if (first?.containerId === undefined || second === undefined)
    throw new Error('expected two instances of the container api');
  const account = accountOf(world.env, 'admin');
  await page.request.post(`${dashboard.url}/api/session`, { data: account });

  const dialog = await openTelling(page);
  await dialog.getByLabel('Quiet hours each day').check();
  await dialog.getByLabel('From').fill(clockIn(-60));
  await dialog.getByLabel('To', { exact: true }).fill(clockIn(180));
  await dialog.getByLabel('Time zone').fill('Mars/Olympus');
  await expect(dialog).toContainText('expected the name of a time zone');
  await expectAccessibleHere(page);
  await dialog.getByLabel('Time zone').fill('UTC');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText(/Quiet hours .* UTC, set by .*\. It is quiet now\./);

  await makeRule(page, dashboard.url, 'Api down', first.containerId);
  for (const { id } of [first, second]) await happen(world, 'instance.fail', id, 'exit code 21');
  await page.getByRole('tab', { name: 'Firing' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Quiet hours until' })).toBeVisible();
  const held = page.getByRole('row').filter({ hasText: 'quiet hours, told when they end' });
  await expect(held.filter({ hasText: 'Api down' })).toHaveCount(2, patient);
  await expectAccessibleHere(page);
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();

  receiver.answers.push(...Array.from({ length: 100 }, () => 503));
  await (await openTelling(page)).getByLabel('Quiet hours each day').uncheck();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('main')).toContainText('No quiet hours');
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  const row = page
    .getByRole('table', { name: 'Deliveries' })
    .getByRole('row')
    .filter({ hasText: 'Api down' });
  await expect(row).toContainText('It answered 503.', patient);
  await expect(row).toHaveCount(1);
  for (const { name } of [first, second]) await expect(row).toContainText(name);
  await expect(row).toContainText('waiting');
  await expectAccessibleHere(page);
  const again = row.getByRole('button', { name: /^Send now/ });
  // After the third try the next is minutes away, so that it is this press that sends it.
  await expect(async () => {
    await again.click({ timeout: 2_000 });
    await expect(row).toContainText(/Try ([3-9]|\d\d),/, { timeout: 5_000 });
  }).toPass(patient);
  receiver.answers.length = 0;
  // While the press before is on its way the button takes no other.
  await expect(async () => {
    await again.click({ timeout: 2_000 });
    await expect(row).toContainText('delivered', { timeout: 5_000 });
  }).toPass(patient);
  await expect(row).toContainText('Taken with 204.');
  await expect(again).toHaveCount(0);
  await expectAccessible(page);

  expect(receiver.received.length).toBeGreaterThan(3);
  expect(new Set(receiver.received.map(({ id }) => id)).size, 'one message, sent again').toBe(1);
  expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true);
  expect(receiver.received.at(-1)?.message.data.total).toBe(2);
});

test('a notification of the browser leads to the alert it is about', async ({
  page,
  context,
  world,
  signInAs,
}) => {
  await context.grantPermissions(['notifications'], { origin: world.url });
  await page.addInitScript(() => {
    const shown: Notification[] = [];
    // Playwright gives every page the focus; alerts are shown as notifications where it is elsewhere.
    document.hasFocus = () => false;
    globalThis.Notification = class extends Notification {
      // Without a window Chromium says "denied" here of what is granted, until it is asked.
      static override permission: NotificationPermission = 'default';
      static override async requestPermission(): Promise<NotificationPermission> {
        this.permission = await super.requestPermission();
        return this.permission;
      }
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push(this);
      }
    };
    Object.assign(globalThis, { shown });
  });
  const shown = () =>
    page.evaluate(() =>
      (globalThis as unknown as { shown: Notification[] }).shown.map(
        ({ title, body }) => `${title}: ${body}`,
      ),
    );
  await signInAs('operator');
  await page.goto('/alerts');
  const [gateway] = await instancesOf(page, world, 'env-gateway');
  if (gateway?.containerId === undefined) throw new Error('expected a gateway');
  const read = page.waitForResponse(/\/api\/alert-messages/);
  await page.getByRole('button', { name: 'Notify me' }).click();
  await expect(page.getByRole('button', { name: 'Stop notifying me' })).toBeVisible();
  await read;
  await makeRule(page, world.url, 'Gateway down', gateway.containerId);
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: /^Instances/ })
    .filter({ visible: true })
    .click();
  await expect(page).toHaveURL(/\/instances$/);
  await happen(world, 'instance.fail', gateway.id, 'exit code 21');
  await expect.poll(shown, patient).toEqual([`Alert: Gateway down: ${gateway.name}`]);

  await page.evaluate(() => {
    const [first] = (globalThis as unknown as { shown: Notification[] }).shown;
    first?.dispatchEvent(new Event('click'));
  });
  await expect(page).toHaveURL(/\/alerts\?alert=[\w-]+$/);
  const sheet = page.getByRole('dialog', { name: 'Gateway down' });
  await expect(sheet).toContainText('exit code 21');
  await expectAccessibleHere(page);
  await sheet.getByRole('link', { name: 'Charts' }).click();
  await expect(page).toHaveURL(/\/telemetry\?instance=/);
  await page.getByText(/^\d+ events? in this range$/).click(patient);
  const marks = page.getByRole('list', { name: 'Events in this range' });
  await marks.getByRole('link', { name: `Alert: Gateway down, ${gateway.name}` }).click();
  await expect(page).toHaveURL(/\/alerts\?alert=[\w-]+$/);
  const address = page.url();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(page).toHaveURL(/\/alerts$/);
  await page.getByRole('button', { name: 'Stop notifying me' }).click();
  await expect(page.getByRole('button', { name: 'Notify me', exact: true })).toBeVisible();
  await page.goto(address);
  await sheet.getByRole('button', { name: `Acknowledge ${gateway.name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge', exact: true }).click();
  await expect(sheet.getByRole('button', { name: /^Acknowledge/ })).toHaveCount(0);
});
