import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

import { root } from './processes.ts';

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium to test with: `CHROMIUM`, Playwright's own, then the system's; null where there is none. */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM'];
  if (named) return named;
  const require = createRequire(`${root}/e2e/package.json`);
  const { chromium } = require('@playwright/test') as { chromium: { executablePath(): string } };
  return [chromium.executablePath(), ...systemBrowsers].find((place) => existsSync(place)) ?? null;
}

/** What to tell someone whose machine has no browser. */
export const browserAdvice =
  'No Chromium was found: install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or set CHROMIUM to its path.';
