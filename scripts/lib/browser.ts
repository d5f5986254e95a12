import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

import { root } from './processes.ts';

/** The headless shell comes first: it needs a fifth less for the same. */
const systemBrowsers = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

/** The Chromium to test with: `CHROMIUM`, Playwright's own, then the system's; null where there is none. */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM'];
  if (named) return named;
  const require = createRequire(`${root}/e2e/package.json`);
  const { chromium } = require('@playwright/test') as { chromium: { executablePath(): string } };
  return [chromium.executablePath(), ...systemBrowsers].find((place) => existsSync(place)) ?? null;
}

export const browserAdvice =
  'No Chromium was found: install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or set CHROMIUM to its path.';
