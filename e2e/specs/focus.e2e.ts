import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';

test('Enter in a filter leads to the first row, one Tab to the list', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/containers');
  const list = page.getByRole('region', { name: 'Containers, list' });
  const filter = page.getByRole('textbox', { name: 'Filter containers' });
  await expect(list).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('env-');
  await expect(page).toHaveURL('/containers?q=env-');
  await page.keyboard.press('Enter');
  await expect(list).toBeFocused();
  await expect(list.locator('[aria-current="true"]')).toHaveAttribute('aria-rowindex', '2');
  await page.keyboard.press('/');
  await expect(filter).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(list).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('main fieldset :focus'), 'the chips between').toHaveCount(1);
});

test('the focus goes to the heading, and back to where it was', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/containers');
  const list = page.getByRole('region', { name: 'Containers, list' });
  await expect(list).toBeVisible();
  await list.focus();
  for (let row = 0; row < 3; row++) await page.keyboard.press('j');
  const current = list.locator('[aria-current="true"]');
  const name = await current.getByRole('link').first().innerText();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Next row');
  await page.keyboard.press('Escape');
  await expect(list, 'after Esc').toBeFocused();

  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText(name);
  await expect(title(page)).toBeFocused();
  await page.goBack();
  await expect(list, 'after Back').toBeFocused();
  await expect(current).toContainText(name);

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Functions' }).click();
  await expect(title(page)).toHaveText('Functions');
  await expect(title(page)).toBeFocused();
});
