import type { Clock } from '../clock.ts';
import type { InstanceStates } from './instance-states.ts';
import type { Instance, Server } from './types.ts';
import type { Bus, World } from './world.ts';
import { instancesOn } from './world.ts';

const REBOOT_MS = 20_000;

/** Of simulated servers: nothing outside the world is ever switched. */
export type Power = {
  off(server: Server): void;
  reboot(server: Server): void;
};

export function createPower(world: World, bus: Bus, clock: Clock, states: InstanceStates): Power {
  const ranBefore = new Map<string, Instance[]>();

  const off = (server: Server) => {
    if (server.power === 'off') return;
    server.power = 'off';
    const running = instancesOn(world, server.id).filter(
      (instance) => !['new', 'stopped'].includes(instance.state),
    );
    ranBefore.set(server.id, running);
    for (const instance of running) states.stop(instance);
    bus.notify({
      topic: 'infrastructure.server.state.changed',
      id: server.id,
      state: 'offline',
      previous: 'live',
    });
  };

  const on = (server: Server) => {
    server.power = 'on';
    bus.notify({
      topic: 'infrastructure.server.state.changed',
      id: server.id,
      state: 'live',
      previous: 'offline',
    });
    for (const instance of ranBefore.get(server.id) ?? [])
      if (instance.functionSeed === null) states.start(instance);
    ranBefore.delete(server.id);
  };

  return {
    off,
    reboot(server) {
      off(server);
      bus.notify({ topic: 'infrastructure.server.restart', id: server.id });
      clock.after(REBOOT_MS, () => on(server));
    },
  };
}
