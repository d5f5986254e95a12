import type { Clock } from '../clock.ts';
import type { Instance, InstanceStateName, VirtualMachine } from './types.ts';
import type { Bus, World } from './world.ts';

const MACHINE_STATE: Partial<Record<InstanceStateName, VirtualMachine['state']>> = {
  starting: 'starting',
  running: 'running',
  stopping: 'stopping',
  stopped: 'stopped',
  failed: 'stopped',
};

/** A virtual machine's state follows that of the instance it runs in. */
export function followInstances(world: World, bus: Bus, clock: Clock): void {
  const follow = (machine: VirtualMachine, instance: Instance) => {
    const state = MACHINE_STATE[instance.state];
    if (!state || state === machine.state) return;
    const previous = machine.state;
    machine.state = state;
    machine.stateChangedAt = clock.now();
    if (state === 'running') machine.startedAt = clock.now();
    bus.notify({
      topic: 'virtual-machine.state.changed',
      id: machine.id,
      state,
      previous,
      environmentIds: [world.environment.id],
      containerIds: [machine.containerId],
      virtualMachineIds: [machine.id],
    });
  };
  bus.onInstanceMoved((instance) => {
    const machine = instance.virtualMachineId && world.virtualMachines.get(instance.virtualMachineId);
    if (machine) follow(machine, instance);
  });
}
