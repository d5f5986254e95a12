import type { Page } from '@playwright/test';

import { expect } from './fixtures.ts';
import type { World } from './fixtures.ts';
import { stateOf } from './world.ts';

export async function csrfHeaders(page: Page, at = ''): Promise<{ 'X-CSRF-Token': string }> {
  const session = await page.request.get(`${at}/api/session`);
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  return { 'X-CSRF-Token': csrfToken };
}

type TopologyNode = {
  kind: string;
  id: string;
  name: string;
  containerId?: string;
  state?: { current: string };
  health?: string | null;
  isFunction?: boolean;
};

export async function nodesOf(page: Page): Promise<TopologyNode[]> {
  const answer = await page.request.get('/api/topology');
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { nodes: TopologyNode[] }).nodes;
}

export async function instancesOf(page: Page, world: World, identifier: string): Promise<TopologyNode[]> {
  const { ids } = await stateOf(world);
  const nodes = await nodesOf(page);
  return nodes.filter(
    ({ kind, containerId }) => kind === 'instance' && containerId === ids.containers[identifier],
  );
}

/** The one instance of the gateway, which the simulator's random events never touch. */
export async function quietInstance(page: Page, world: World): Promise<TopologyNode> {
  const [instance] = await instancesOf(page, world, 'env-gateway');
  if (instance === undefined) throw new Error('the gateway has no instance in this world');
  return instance;
}
