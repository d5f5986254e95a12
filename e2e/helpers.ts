import type { Locator, Page } from '@playwright/test';

import type { Account } from '../scripts/lib/accounts.ts';
import { expect } from './fixtures.ts';
import type { World } from './fixtures.ts';

/** What the simulator's control port tells of its world, as far as the specs use it. */
export type WorldState = {
  ids: {
    self: { instanceId: string; containerId: string; serverId: string };
    /** Ids by identifier, such as `api` or `env-gateway`. */
    containers: Record<string, string>;
    /** Up to twenty ids of a state; no services and no function instances among them. */
    instances: Record<string, string[]>;
  };
  instances: { total: number; byState: Record<string, number> };
  functions: { id: string; identifier: string; shards: { idle: number; active: string[] }[] }[];
  websockets: number;
};

/** Reads the simulated world as it is now. */
export async function stateOf(world: World): Promise<WorldState> {
  return (await world.control('GET', '/state')) as WorldState;
}

type Fault = {
  api: 'cycle' | 'scheduler' | 'rerobots' | 'platform';
  kind: string;
  match?: { method?: string; pathPrefix?: string };
  count?: number;
  ms?: number;
};

/** Makes an upstream fail; returns how to end it. All faults end with the test in any case. */
export async function fail(world: World, fault: Fault): Promise<() => Promise<void>> {
  const { id } = (await world.control('POST', '/faults', fault)) as { id: string };
  return async () => {
    await world.control('DELETE', `/faults/${id}`);
  };
}

/** Makes something happen to a thing of the simulated world. */
export async function happen(world: World, kind: string, id: string, message?: string): Promise<void> {
  await world.control('POST', '/events', { kind, id, ...(message === undefined ? {} : { message }) });
}

type TopologyNode = {
  kind: string;
  id: string;
  name: string;
  containerId?: string;
  state?: { current: string };
  isFunction?: boolean;
};

/** The nodes of the environment as the dashboard's own API hands them out to the signed-in person. */
export async function nodesOf(page: Page): Promise<TopologyNode[]> {
  const answer = await page.request.get('/api/topology');
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { nodes: TopologyNode[] }).nodes;
}

/** The instances of one container, by its identifier. */
export async function instancesOf(page: Page, world: World, identifier: string): Promise<TopologyNode[]> {
  const { ids } = await stateOf(world);
  const nodes = await nodesOf(page);
  return nodes.filter(
    ({ kind, containerId }) => kind === 'instance' && containerId === ids.containers[identifier],
  );
}

/** The one instance of the gateway: the world's own accidents leave it alone, so it is what a spec makes it. */
export async function quietInstance(page: Page, world: World): Promise<TopologyNode> {
  const [instance] = await instancesOf(page, world, 'env-gateway');
  if (instance === undefined) throw new Error('the gateway has no instance in this world');
  return instance;
}

/** Fills in the sign-in form, on its page or in its sheet, and sends it. */
export async function signInBy(scope: Page | Locator, account: Account): Promise<void> {
  await scope.getByLabel('Account name').fill(account.username);
  await scope.getByLabel('Password').fill(account.password);
  await scope.getByRole('button', { name: 'Sign in' }).click();
}

/** The page's one heading. */
export const title = (page: Page): Locator => page.getByRole('heading', { level: 1 });

/** The value beside a name in a list of facts, such as "State" in the panel of a thing. */
export const fact = (scope: Page | Locator, name: string): Locator =>
  scope
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd[1]');

/** Presses a button that is off: nothing may come of it, and its reason must be told to screen readers. */
export async function expectRefused(button: Locator, reason: string | RegExp): Promise<void> {
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription(reason);
  await button.click({ force: true });
  await expect(button.page().getByRole('dialog')).toHaveCount(0);
}

/** Every page of the product, with the words of its heading. */
export const pages = [
  { path: '/', heading: 'Overview' },
  { path: '/topology', heading: 'Topology' },
  { path: '/containers', heading: 'Containers' },
  { path: '/instances', heading: 'Instances' },
  { path: '/telemetry', heading: 'Telemetry' },
  { path: '/functions', heading: 'Functions' },
  { path: '/robots', heading: 'Robots' },
  { path: '/activity', heading: 'Activity' },
] as const;

/** The line that says what is shown is old, and how old. */
export const staleNotice = (page: Page): Locator => page.getByRole('main').getByText('Last read');
