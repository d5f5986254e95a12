import type { Instance } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { instancesOf } from '../world/world.ts';

export function instanceOf(world: World, identifier: string, index: number): Instance {
  const container = [...world.containers.values()].find((each) => each.identifier === identifier);
  const instance = container && instancesOf(world, container.id)[index - 1];
  if (!instance) throw new Error(`${world.scenario}: expected instance ${index} of ${identifier}`);
  return instance;
}
