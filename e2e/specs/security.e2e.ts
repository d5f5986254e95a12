import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { accountOf, roles } from '../../scripts/lib/accounts.ts';
import { csrfHeaders, nodesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { pages, title } from '../page.ts';
import { stateOf } from '../world.ts';

/** What must stay on the server: its own credentials, and the marker in each secret of the upstreams. */
function secretsOf({ env }: World): string[] {
  const names = [
    'CYCLE_API_TOKEN',
    'SCHEDULER_ACCESS_KEY',
    'REROBOTS_API_TOKEN',
    'CYCLE_PLATFORM_API_KEY',
    'SESSION_SECRET',
  ];
  const passwords = roles.map((role) => accountOf(env, role).password);
  const secrets = [...names.map((name) => env[name] ?? ''), ...passwords];
  for (const secret of secrets) expect(secret.length, 'a secret to look for').toBeGreaterThan(5);
  return ['SECRET-', ...secrets];
}

/** Indexes of the secrets that occur in a text, so that a failure prints no secret. */
const found = (secrets: readonly string[], text: string): number[] =>
  secrets.flatMap((secret, index) => (text.includes(secret) ? [index] : []));

/** Collects the body of every response the page gets, but for the endless event stream. */
function listen(page: Page): () => Promise<[string, string][]> {
  const bodies: Promise<[string, string]>[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('/api/events')) return;
    // A response that was aborted by a navigation has no body.
    const text = answer.text().catch(() => '');
    bodies.push(text.then((body) => [`${answer.request().method()} ${answer.url()}`, body]));
  });
  return () => Promise.all(bodies);
}

test('no secret reaches the browser, on any page', async ({ page, world, signInAs }) => {
  const secrets = secretsOf(world);
  await signInAs('admin');
  const bodiesOf = listen(page);
  const { ids } = await stateOf(world);
  const [instance] = (await nodesOf(page)).filter(({ kind }) => kind === 'instance');
  const details = [
    ...Object.values(ids.containers).map((id) => `/containers/${id}`),
    `/instances/${instance?.id}`,
    `/telemetry?container=${ids.containers['postgres']}`,
  ];
  for (const place of [...pages.map(({ path: place }) => place), ...details]) {
    await page.goto(place);
    await expect(title(page)).toBeVisible();
    await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
    const kept = await page.evaluate(
      () =>
        JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]) +
        document.documentElement.outerHTML,
    );
    expect(found(secrets, kept), `DOM and storage at ${place}`).toEqual([]);
  }
  const bodies = await bodiesOf();
  for (const [request, body] of bodies) expect(found(secrets, body), request).toEqual([]);
  expect(bodies.filter(([, body]) => body !== '').length).toBeGreaterThan(50);
});

test('no secret is in the stream of events', async ({ page, world, signInAs }) => {
  await signInAs('admin');
  await page.goto('/');
  const [instance] = (await nodesOf(page)).filter(
    ({ kind, name }) => kind === 'instance' && name.startsWith('redis'),
  );
  const reading = page.evaluate(async () => {
    const stop = new AbortController();
    const answer = await fetch('/api/events', { signal: stop.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"topology"')) text += (await reader?.read())?.value ?? '';
    stop.abort();
    return text;
  });
  await expect(async () => {
    await world
      .control('POST', '/events', { kind: 'instance.unhealthy', id: instance?.id })
      .catch(() => undefined);
    await world
      .control('POST', '/events', { kind: 'instance.healthy', id: instance?.id })
      .catch(() => undefined);
    const done = await Promise.race([reading.then(() => true), page.waitForTimeout(300).then(() => false)]);
    expect(done).toBe(true);
  }).toPass({ timeout: 30_000 });
  expect(found(secretsOf(world), await reading)).toEqual([]);
});

test('the raw proxy strips secrets for an admin too, and passes nothing it does not know', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('admin');
  const secrets = secretsOf(world);
  const { ids } = await stateOf(world);
  const reads = [
    'cycle/v1/environment',
    'cycle/v1/environment/containers',
    'cycle/v1/environment/instances',
    'cycle/v1/environment/services',
    'cycle/v1/environment/virtual-machines',
    'cycle/v1/environment/scoped-variables',
    'cycle/v1/hub/integrations',
    'cycle/v1/server',
    'cycle/v1/server/containers',
    'cycle/v1/container',
    `cycle/v1/containers/certificates?container_id=${ids.containers['api']}`,
    'rerobots/instances',
    'rerobots/deployments',
  ];
  const statuses: number[] = [];
  for (const place of reads) {
    const answer = await page.request.get(`/api/proxy/${place}`);
    statuses.push(answer.status());
    expect(found(secrets, await answer.text()), place).toEqual([]);
  }
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(8);
  const unknown = await page.request.get('/api/proxy/cycle/v1/not-in-the-catalogue');
  expect(unknown.status()).toBeGreaterThanOrEqual(400);
});

test('the bundle holds no secret and no name of one', () => {
  const folder = path.resolve(import.meta.dirname, '../../web/dist');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(5);
  const names = [
    'SECRET-',
    'CYCLE_API_TOKEN=',
    'SESSION_SECRET',
    'SCHEDULER_ACCESS_KEY',
    'CYCLE_PLATFORM_API_KEY',
    'REROBOTS_API_TOKEN',
  ];
  for (const entry of files) {
    const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    expect(found(names, text), entry.name).toEqual([]);
  }
});

test('the browser is kept strict: policy, cookie, caching', async ({ page, context, signInAs }) => {
  await signInAs('viewer');
  const answer = await page.goto('/');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  for (const rule of ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"])
    expect(policy).toContain(rule);
  const scripts =
    policy.split(';').find((part) => part.trim().startsWith('script-src')) ?? "default-src 'self'";
  expect(scripts).not.toMatch(/unsafe|\*|https?:/);
  expect(policy).not.toContain('unsafe');
  // The libraries below menus and dialogs style by the same policy: a violation is logged, and fails the spec.
  const locked = () => page.evaluate(() => getComputedStyle(document.body).overflowY);
  await page.getByRole('button', { name: /^Go to…/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect.poll(locked).toBe('hidden');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(locked).not.toBe('hidden');
  await expect(page.locator('style')).toHaveCount(0);
  expect(answer?.headers()['x-content-type-options']).toBe('nosniff');
  expect(answer?.headers()['x-powered-by']).toBeUndefined();

  const cookies = await context.cookies();
  // The session, and a device that has signed in before.
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const overview = await page.request.get('/api/overview');
  expect(overview.headers()['cache-control']).toMatch(/no-store|no-cache|private/);
});

test('a change without the session’s own token is refused and nothing is done', async ({
  page,
  world,
  signInAs,
}) => {
  const claimIds = async () => {
    const answer = await page.request.get('/api/claims?state=all');
    const { claims } = (await answer.json()) as { claims: { id: string; owner: string }[] };
    const { username } = accountOf(world.env, 'operator');
    return claims.filter(({ owner }) => owner === username).map(({ id }) => id);
  };
  await signInAs('operator');
  const { functions, ids } = await stateOf(world);
  const instance = ids.instances['running']?.[0] ?? '';
  const containerId = functions[0]?.id ?? '';
  // Other specs of this worker may have claimed before.
  const before = await claimIds();
  const attempts: Record<string, string>[] = [
    {},
    { 'X-CSRF-Token': 'made up' },
    { ...(await csrfHeaders(page)), Origin: 'https://elsewhere.example' },
  ];
  for (const headers of attempts) {
    for (const [place, data] of [
      [`/api/instances/${instance}/tasks`, { action: 'stop' }],
      ['/api/claims', { containerId }],
    ] as const) {
      const answer = await page.request.post(place, { headers, data });
      expect(answer.status(), `${place} with ${Object.keys(headers).join()}`).toBe(403);
    }
    expect((await page.request.delete('/api/session', { headers })).status()).toBe(403);
  }
  expect(await claimIds()).toEqual(before);
  expect((await page.request.get('/api/session')).status(), 'still signed in').toBe(200);
});

test('without a session there is nothing but the sign-in', async ({ playwright, world }) => {
  const anonymous = await playwright.request.newContext({ baseURL: world.url });
  for (const place of [
    'overview',
    'topology',
    'claims',
    'bookings',
    'activity',
    'events',
    'upstreams',
    'jobs',
  ])
    expect((await anonymous.get(`/api/${place}`)).status(), place).toBe(401);
  expect((await anonymous.get('/api/proxy/cycle/v1/environment')).status()).toBe(401);
  expect((await anonymous.get('/healthz')).status()).toBe(200);
  await anonymous.dispose();
});
