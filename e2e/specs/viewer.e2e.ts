import type { Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { csrfHeaders, nodesOf, quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { environmentPages, pages, title } from '../page.ts';
import { stateOf } from '../world.ts';

type Control = { verb: string; isOff: boolean; reason: string };

/** By the first word of its name, which is the verb: the rest names what it is about. */
const controlsOf = (page: Page): Promise<Control[]> =>
  page
    .locator('main, [role=dialog]')
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.map((button) => {
        const name = (button.getAttribute('aria-label') ?? button.textContent).trim();
        const described = button.getAttribute('aria-describedby')?.split(' ') ?? [];
        const reasons = described.map((id) => document.getElementById(id)?.textContent ?? '');
        return {
          verb: name.split(/[\s…]/, 1)[0] ?? '',
          isOff: button.getAttribute('aria-disabled') === 'true' || button.hasAttribute('disabled'),
          reason: reasons.join(' ').trim(),
        };
      }),
    );

/** What changes something for all: of it a viewer has everything, and all of it off. */
const VERBS =
  'Start Stop Restart Claim Adopt Release Reveal Book Terminate Leave Hand Give Set Revoke Free Block End Send New Switch Edit Acknowledge Reboot Power'.split(
    ' ',
  );
const NOT_FOR_VIEWERS = 'Not for viewers';

test('a viewer finds what others can do on every page, off and with the reason', async ({
  page,
  browser,
  world,
  signInAs,
}) => {
  test.slow();
  const admins = await (await browser.newContext({ baseURL: world.url })).newPage();
  const operators = await (await browser.newContext({ baseURL: world.url })).newPage();
  await signInAs('admin', admins);
  await signInAs('operator', operators);
  await signInAs('viewer');
  const refused: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() === 403 || answer.status() >= 500)
      refused.push(`${answer.request().method()} ${answer.url()}`);
  });

  const { ids } = await stateOf(world);
  const render = ids.containers['render'];
  const headers = await csrfHeaders(operators);
  const made = await operators.request.post('/api/claims', {
    headers,
    data: { containerId: render, spawn: {}, releaseAfterSeconds: 600 },
  });
  const claim = ((await made.json()) as { id: string }).id;
  const robots = await operators.request.get('/api/robots/deployments');
  const [robot] = ((await robots.json()) as { deployments: { id: string }[] }).deployments;
  const booked = await operators.request.post('/api/bookings', {
    headers,
    data: { type: 'null', reserve: true, expiresInSeconds: 1800 },
  });
  const booking = ((await booked.json()) as { id: string }).id;
  const operator = accountOf(world.env, 'operator').username;

  const nodes = await nodesOf(page);
  const pageOf = (kind: string, path: string): [string] => [
    `${path}/${nodes.find((node) => node.kind === kind)?.id ?? kind}`,
  ];
  const instance = (await quietInstance(page, world)).id;
  /** With verbs that are there for sure: a page that is still loading lacks them. Or with what stands in its place. */
  const walk: [path: string, verbs?: string[], says?: string][] = [
    ...pages.map(({ path }): [string] => [path]),
    ...environmentPages.map((path): [string] => [path]),
    ['/alerts?view=over', ['New']],
    ['/alerts?view=rules', ['New', 'Switch', 'Edit']],
    pageOf('ip', '/ips'),
    pageOf('domain', '/domains'),
    pageOf('network', '/networks'),
    pageOf('virtual-machine', '/virtual-machines'),
    [`/containers/${ids.containers['env-lb']}`],
    [`/servers/${ids.self.serverId}`, ['Reboot', 'Power', 'Download']],
    ['/variables', ['Show']],
    ['/monitoring', ['Send']],
    ['/object-cache', [], NOT_FOR_VIEWERS],
    [`/instances/${instance}?tab=logs`, [], NOT_FOR_VIEWERS],
    [`/instances/${instance}?tab=console`, [], NOT_FOR_VIEWERS],
    [`/instances/${instance}?tab=telemetry`],
    ['/explorer?upstream=platform'],
    ['/explorer?operation=platform.instance.telemetry', ['Send']],
    ['/explorer?operation=platform.logs.aggregate', ['Send']],
    ['/activity/batches'],
    ['/functions', ['Claim']],
    ['/functions?view=claims', ['Release']],
    ['/functions?view=batches', ['Claim']],
    [`/functions/claims/${claim}`, ['Reveal', 'Release']],
    [`/containers/${render}`],
    [`/instances/${instance}`, ['Start', 'Stop', 'Restart']],
    [`/team?person=${operator}`, ['Set', 'End', 'Free', 'Block']],
    ['/robots', ['Book']],
    [`/robots/deployments/${robot?.id}`, ['Book', 'Give']],
    [`/robots/bookings/${booking}`, ['Hand']],
    ['/addresses'],
    ['/explorer?operation=cycle.server.power.reboot', ['Send']],
    ['/robots/account', ['Set', 'Revoke', 'Start']],
    ['/access-tokens'],
    ['/sessions'],
  ];
  for (const [path, verbs = [], says] of walk) {
    await test.step(path, async () => {
      await Promise.all([admins.goto(path), page.goto(path)]);
      await expect(title(page)).toBeVisible({ timeout: 30_000 });
      if (says !== undefined) {
        await expect(page.getByRole('main')).toContainText(says);
        return;
      }
      const amiss = async (): Promise<string[]> => {
        const [theirs, own] = [await controlsOf(admins), await controlsOf(page)];
        const there = new Set(own.map(({ verb }) => verb));
        const wanted = theirs.map(({ verb }) => verb).filter((verb) => VERBS.includes(verb));
        const isOwn = path === '/sessions' || path === '/access-tokens';
        return [
          ...[...verbs, ...wanted].filter((verb) => !there.has(verb)).map((verb) => `${verb} is missing`),
          ...own
            .filter(({ verb, isOff }) => VERBS.includes(verb) && !isOff && !isOwn)
            .map(({ verb }) => `${verb} is on`),
          ...own
            .filter(({ isOff, reason }) => isOff && reason === '')
            .map(({ verb }) => `${verb} is off without a reason`),
        ];
      };
      await expect.poll(amiss, { message: path, timeout: 30_000 }).toEqual([]);
    });
  }
  expect(refused, 'what the server had to refuse').toEqual([]);
  await operators.request.post(`/api/claims/${claim}/release`, { headers });
  // Ready or starting, or still waiting in the queue.
  const ended = await operators.request.post(`/api/bookings/${booking}/terminate`, { headers });
  if (!ended.ok()) await operators.request.post(`/api/bookings/${booking}/cancel`, { headers });
  await operators.context().close();
  await admins.context().close();
});

test('what a viewer selects of instances can be compared, and not acted on', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/instances');
  await page.getByRole('button', { name: /^Select all / }).click();
  for (const verb of ['Restart', 'Start', 'Stop']) {
    const button = page.getByRole('button', { name: new RegExp(String.raw`^${verb} \d+$`) });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription('View-only access. Operators can do this.');
  }
});
