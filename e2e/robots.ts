import type { Locator, Page } from '@playwright/test';

import { expect } from './fixtures.ts';
import type { World } from './fixtures.ts';
import { fact } from './page.ts';
import { queueLengthOf } from './rerobots.ts';
import { happen } from './world.ts';

export type Deployment = { id: string; type: string; region: string };

export const nameOf = ({ type, id }: Deployment): string => `${type} ${id.slice(0, 8)}`;

/** The robot in this region of the one type that the simulator's other users never book. */
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

/** Has others book a robot: the first holds it and, once rerobots lists that, the rest queue. */
export async function keepBusy(world: World, { id }: Deployment, others: number): Promise<void> {
  await happen(world, 'other.book', id);
  await expect(async () => {
    expect(await queueLengthOf(world, id)).toBeGreaterThan(0);
  }).toPass({ timeout: 10_000 });
  for (let count = 1; count < others; count++) await happen(world, 'other.book', id);
}

export async function releaseUntil(
  world: World,
  { id }: Deployment,
  seen: () => Promise<unknown>,
): Promise<void> {
  await expect(async () => {
    await releaseByOther(world, id);
    await seen();
  }).toPass({ timeout: 40_000 });
}

export async function releaseByOther(world: World, id: string): Promise<void> {
  await happen(world, 'other.release', id).catch(() => undefined);
}

export const bookDialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Book a robot' });
export const steps = (page: Page): Locator => page.getByRole('list', { name: 'Steps of the booking' });
export const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

export async function downloadKey(page: Page): Promise<{ fileName: string; path: string }> {
  await bookDialog(page).getByRole('button', { name: 'Create key pair' }).click();
  const downloading = page.waitForEvent('download');
  await bookDialog(page)
    .getByRole('button', { name: /^Download cyclorama-/ })
    .click();
  const download = await downloading;
  return { fileName: download.suggestedFilename(), path: await download.path() };
}

export async function openDialog(page: Page, robot: Deployment): Promise<Locator> {
  await page.goto('/robots');
  await page.getByRole('button', { name: `Book ${nameOf(robot)}` }).click();
  await expect(bookDialog(page).getByRole('combobox', { name: 'Robot' })).toHaveValue(robot.id);
  return bookDialog(page);
}

export const sendBooking = (page: Page): Promise<void> =>
  bookDialog(page)
    .getByRole('button', { name: /^Book / })
    .click();

/** Books one robot with a new key; ends on the booking's page unless it is refused. */
export async function book(
  page: Page,
  robot: Deployment,
  { reserve = false, vpn = false, minutes = '600' } = {},
): Promise<void> {
  const dialog = await openDialog(page, robot);
  if (reserve) await dialog.getByRole('checkbox', { name: /Queue if it’s taken/ }).check();
  if (vpn) await dialog.getByRole('checkbox', { name: /With VPN/ }).check();
  await dialog.getByLabel('Time limit in minutes').fill(minutes);
  await downloadKey(page);
  await sendBooking(page);
}

export async function waitUntilReady(page: Page): Promise<void> {
  await expect(fact(page, 'State')).toHaveText('Ready', { timeout: 40_000 });
  await expect(steps(page).getByRole('listitem').filter({ hasText: 'Ready' })).toContainText('now');
}

export async function requestTermination(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Terminate / })
    .click();
}

export async function terminate(page: Page): Promise<void> {
  await requestTermination(page);
  await expect(fact(page, 'State')).toHaveText('Terminated', { timeout: 30_000 });
}
