import type { Locator, Page } from '@playwright/test';

/** The next request is answered as one whose confirmation has run out, so that the page asks. */
export async function runOut(page: Page, path: string): Promise<void> {
  await page.route(
    `**${path}`,
    (route) =>
      route.fulfill({
        status: 403,
        json: {
          error: {
            code: 'confirmation-needed',
            message: 'Confirm first that it is you. Nothing was done.',
            requestId: 'spec',
          },
        },
      }),
    { times: 1 },
  );
}

export const confirmation = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'Confirm that it is you' });
