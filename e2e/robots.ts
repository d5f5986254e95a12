import type { Locator, Page } from '@playwright/test';

import { expect } from './fixtures.ts';
import type { World } from './fixtures.ts';
import { fact, happen } from './helpers.ts';

export type Deployment = { id: string; type: string; region: string };

/** What a robot is called in buttons and titles. */
export const nameOf = ({ type, id }: Deployment): string => `${type} ${id.slice(0, 8)}`;

/** The robot of the type that other users leave alone, in one region. */
export async function quietRobot(page: Page, region: 'us:cali' | 'eu:cze'): Promise<Deployment> {
  let found: Deployment | undefined;
  await expect(async () => {
    const answer = await page.request.get('/api/robots/deployments');
    const { deployments } = (await answer.json()) as { deployments: Deployment[] };
    found = deployments.find((one) => one.type === 'basic_kobuki' && one.region === region);
    expect(found).toBeDefined();
  }).toPass({ timeout: 15_000 });
  return found as Deployment;
}

/** Lets others come to a robot: one to drive it, and once rerobots tells of that one, the rest to wait. */
export async function keepBusy(world: World, { id }: Deployment, others: number): Promise<void> {
  await happen(world, 'other.book', id);
  await expect(async () => {
    const headers = { authorization: `Bearer ${world.env['REROBOTS_API_TOKEN']}` };
    const answer = await fetch(`${world.env['REROBOTS_API_URL']}/deployment/${id}`, { headers });
    expect(((await answer.json()) as { queuelen: number }).queuelen).toBeGreaterThan(0);
  }).toPass({ timeout: 10_000 });
  for (let count = 1; count < others; count++) await happen(world, 'other.book', id);
}

/** The others let go of a robot, one after the other, until `seen` holds; nobody is left to let go once it is ours. */
export async function letGoUntil(
  world: World,
  { id }: Deployment,
  seen: () => Promise<unknown>,
): Promise<void> {
  await expect(async () => {
    await happen(world, 'other.release', id).catch(() => undefined);
    await seen();
  }).toPass({ timeout: 40_000 });
}

export const bookDialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Book a robot' });
/** The steps of the booking on whose page we are. */
export const steps = (page: Page): Locator => page.getByRole('list', { name: 'Steps of the booking' });
/** A panel of the page, by its heading. */
export const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

/** Makes a key pair in the open dialog and takes its private half. */
export async function takeKey(page: Page): Promise<{ fileName: string; path: string }> {
  await bookDialog(page).getByRole('button', { name: 'Create key pair' }).click();
  const downloading = page.waitForEvent('download');
  await bookDialog(page)
    .getByRole('button', { name: /^Download cyclorama-/ })
    .click();
  const download = await downloading;
  return { fileName: download.suggestedFilename(), path: await download.path() };
}

/** Opens the dialog for one robot on the page of all. */
export async function openDialog(page: Page, robot: Deployment): Promise<Locator> {
  await page.goto('/robots');
  await page.getByRole('button', { name: `Book ${nameOf(robot)}` }).click();
  await expect(bookDialog(page).getByRole('combobox', { name: 'Robot' })).toHaveValue(robot.id);
  return bookDialog(page);
}

/** Presses the dialog's own button. */
export const sendBooking = (page: Page): Promise<void> =>
  bookDialog(page)
    .getByRole('button', { name: /^Book / })
    .click();

/** Books one robot with a key made here. Where it is not refused, this lands on the booking's page. */
export async function book(
  page: Page,
  robot: Deployment,
  { reserve = false, vpn = false, minutes = '600' } = {},
): Promise<void> {
  const dialog = await openDialog(page, robot);
  if (reserve) await dialog.getByRole('checkbox', { name: /Wait in the queue/ }).check();
  if (vpn) await dialog.getByRole('checkbox', { name: /With VPN/ }).check();
  await dialog.getByLabel('Time limit in minutes').fill(minutes);
  await takeKey(page);
  await sendBooking(page);
}

/** Waits until the booking on whose page we are is ready. */
export async function becomesReady(page: Page): Promise<void> {
  await expect(fact(page, 'State')).toHaveText('Ready', { timeout: 40_000 });
  await expect(steps(page).getByRole('listitem').filter({ hasText: 'Ready' })).toContainText('now');
}

/** Gives back the robot of the booking on whose page we are. */
export async function terminate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Terminate / })
    .click();
  await expect(fact(page, 'State')).toHaveText('Terminated', { timeout: 30_000 });
}

/** Another token of the dashboard's rerobots account, as its owner would make one at rerobots. */
export async function anotherToken(world: World): Promise<string> {
  const { token } = (await world.control('POST', '/robot-tokens')) as { token: string };
  return token;
}
