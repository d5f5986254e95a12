import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { signInBy } from '../page.ts';
import { bookDialog, nameOf, openDialog, quietRobot, downloadKey } from '../robots.ts';

/** Mapped to this machine in the browser's arguments; unlike `localhost` it is no secure context on plain http. */
const PLAIN_HOST = 'dashboard.test';
const SENTENCE = 'Copying is blocked here. Select the text and copy it.';
const NOT_SAVED = 'Save the private key now. It is gone when this dialog closes.';

const blockCopying = (page: Page) => page.addInitScript(() => (document.execCommand = () => false));
const bookButton = (page: Page) => bookDialog(page).getByRole('button', { name: /^Book / });
const copyKey = (page: Page) => bookDialog(page).getByRole('button', { name: 'Copy private key' }).click();
const selection = (page: Page) =>
  page.evaluate(() => {
    const area = document.activeElement;
    return area instanceof HTMLTextAreaElement
      ? area.value.slice(area.selectionStart, area.selectionEnd)
      : null;
  });

async function openPlain(page: Page, world: World): Promise<void> {
  await page.goto(world.url.replace('localhost', PLAIN_HOST));
  await signInBy(page, accountOf(world.env, 'operator'));
  expect(await page.evaluate(() => [window.isSecureContext, 'clipboard' in navigator])).toEqual([
    false,
    false,
  ]);
  await page.getByRole('link', { name: 'Robots' }).first().click();
  await page.getByRole('button', { name: 'Book…', exact: true }).click();
  await bookDialog(page).getByRole('button', { name: 'Create key pair' }).click();
}

test('on plain http the key is copied by a selection, and only then counts as saved', async ({
  page,
  world,
}) => {
  await openPlain(page, world);
  await expect(bookDialog(page).getByText(NOT_SAVED)).toBeVisible();
  await expect(bookButton(page)).toHaveAttribute('aria-disabled', 'true');
  await copyKey(page);
  await expect(bookDialog(page).getByText(/^Saved\. Keep it secret/)).toBeVisible();
  await expect(bookButton(page)).not.toHaveAttribute('aria-disabled');
  await bookDialog(page).getByRole('radio', { name: 'Use my public key' }).check();
  await bookDialog(page).getByLabel('Your SSH public key').focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(bookDialog(page).getByLabel('Your SSH public key')).toHaveValue(
    /^-----BEGIN OPENSSH PRIVATE KEY-----/,
  );
});

test('where nothing can be copied the key is shown selected, and Book waits for the person’s word', async ({
  page,
  world,
}) => {
  await blockCopying(page);
  await openPlain(page, world);
  await copyKey(page);
  await expect(bookDialog(page).getByText(SENTENCE)).toBeVisible();
  expect(await selection(page)).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----[^]*-----END OPENSSH/);
  await expect(bookDialog(page).getByText(NOT_SAVED)).toBeVisible();
  await expect(bookButton(page)).toHaveAccessibleDescription('Save the private key first');
  const word = bookDialog(page).getByRole('checkbox', { name: 'I have saved the private key' });
  await word.check();
  await expect(bookButton(page)).not.toHaveAttribute('aria-disabled');
  await word.uncheck();
  await expect(bookButton(page)).toHaveAttribute('aria-disabled', 'true');
});

test('a clipboard that is denied is no copy, for keys and for ids, and a download is one', async ({
  page,
  context,
  signInAs,
}) => {
  await blockCopying(page);
  const cdp = await context.newCDPSession(page);
  const permission = { name: 'clipboard-write', allowWithoutSanitization: false };
  await cdp.send('Browser.setPermission', { permission, setting: 'denied' });
  await signInAs('operator');
  const robot = await quietRobot(page, 'us:cali');
  // Narrower, the id is in the row's details.
  await page.setViewportSize({ width: 1920, height: 1000 });
  await page.goto('/robots');
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: `Book ${nameOf(robot)}` }) });
  const copyId = row.getByRole('button', { name: 'Copy robot id' });
  await copyId.click();
  await expect(page.getByText(SENTENCE)).toBeVisible();
  expect(await selection(page)).toBe(robot.id);
  await page.keyboard.press('Escape');
  await expect(page.getByText(SENTENCE)).toHaveCount(0);
  await expect(copyId).toBeFocused();

  await openDialog(page, robot);
  const { path } = await downloadKey(page);
  await expect(bookDialog(page).getByText(/^Saved\. Keep it secret/)).toBeVisible();
  expect(await readFile(path, 'utf8')).toContain('PRIVATE KEY');
  await bookDialog(page).getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: `Book ${nameOf(robot)}` }).click();
  await bookDialog(page).getByRole('button', { name: 'Create key pair' }).click();
  await copyKey(page);
  await expect(bookDialog(page).getByText(SENTENCE)).toBeVisible();
  await expect(bookButton(page)).toHaveAttribute('aria-disabled', 'true');
});
