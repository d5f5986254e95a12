import type { World } from './fixtures.ts';

export type WorldState = {
  ids: {
    self: { instanceId: string; containerId: string; serverId: string };
    containers: Record<string, string>;
    /** At most twenty ids per state, without services and function instances. */
    instances: Record<string, string[]>;
  };
  instances: { total: number; byState: Record<string, number> };
  functions: { id: string; identifier: string; shards: { idle: number; active: string[] }[] }[];
  websockets: number;
};

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

/** Puts a fault on an upstream and returns a function that ends it; every fault ends with its test. */
export async function fail(world: World, fault: Fault): Promise<() => Promise<void>> {
  const { id } = (await world.control('POST', '/faults', fault)) as { id: string };
  return async () => {
    await world.control('DELETE', `/faults/${id}`);
  };
}

export async function happen(world: World, kind: string, id: string, message?: string): Promise<void> {
  await world.control('POST', '/events', { kind, id, ...(message === undefined ? {} : { message }) });
}

/** Instances of a function that are held, according to the simulated scheduler. */
export const held = ({ functions }: WorldState, identifier: string) =>
  functions.find((one) => one.identifier === identifier)?.shards.flatMap(({ active }) => active) ?? [];
