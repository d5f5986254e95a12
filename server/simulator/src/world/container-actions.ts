import type { Clock } from '../clock.ts';
import type { InstanceStates } from './instance-states.ts';
import type { Jobs } from './jobs.ts';
import { copyOf } from './migration.ts';
import type { Container, ContainerStateName } from './types.ts';
import type { Bus, World } from './world.ts';
import { instancesOf } from './world.ts';

export type ContainerActions = {
  start(container: Container): void;
  stop(container: Container): void;
  /** Restarts one instance after the other. */
  deploy(container: Container, version: string): void;
  /** Changes the memory limit, or the log level where none is given; with a failure nothing. */
  reconfigure(container: Container, how?: { failure?: string; ramMegabytes?: number }): void;
  /** Changes nothing but the list of jobs; with `scheduledMs` it waits so long first. */
  build(container: Container, scheduledMs?: number): void;
  /** Instances come, or the newest go, one by one. `asked`: the container is configured for that many. */
  scale(container: Container, instances: number, asked: boolean): boolean;
};

const SETTLE_MS = 5_000;
const STAGGER_MS = 9_000;
const SCALE_STAGGER_MS = 1_000;

export function createContainerActions(
  world: World,
  bus: Bus,
  clock: Clock,
  states: InstanceStates,
  jobs: Jobs,
): ContainerActions {
  const tell = (container: Container, topic: string, change: { state?: string; previous?: string } = {}) =>
    bus.notify({
      topic,
      id: container.id,
      ...change,
      environmentIds: [world.environment.id],
      containerIds: [container.id],
    });

  const touch = (container: Container) => {
    container.updatedAt = clock.now();
    container.revision++;
  };

  const move = (container: Container, state: ContainerStateName) => {
    const previous = container.state;
    container.state = state;
    container.stateChangedAt = clock.now();
    touch(container);
    tell(container, 'container.state.changed', { state, previous });
  };

  const job = (container: Container, verb: string, header: string, steps: string[], failure?: string) =>
    jobs.add({
      caption: `${verb} ${container.name}`,
      tasks: [{ caption: `${verb} ${container.identifier}`, header, input: { id: container.id }, steps }],
      ...(failure === undefined ? {} : { failure }),
    });

  return {
    start(container) {
      job(container, 'Start container', 'container.start', ['Fetch image', 'Start instances']);
      move(container, 'starting');
      if (!container.functionLimits)
        for (const instance of instancesOf(world, container.id)) states.start(instance);
      clock.after(SETTLE_MS, () => move(container, container.functionLimits ? 'function' : 'running'));
    },
    stop(container) {
      job(container, 'Stop container', 'container.stop', ['Drain traffic', 'Stop instances']);
      move(container, 'stopping');
      for (const instance of instancesOf(world, container.id)) states.stop(instance);
      clock.after(SETTLE_MS, () => move(container, 'stopped'));
    },
    deploy(container, version) {
      job(container, 'Deploy', 'container.reimage', ['Fetch image', 'Replace instances', 'Verify health']);
      container.deploymentVersion = version;
      touch(container);
      tell(container, 'container.reconfigured');
      bus.notify({
        topic: 'environment.deployments.reconfigured',
        id: world.environment.id,
        environmentIds: [world.environment.id],
      });
      for (const [place, instance] of instancesOf(world, container.id).entries())
        clock.after(place * STAGGER_MS, () => {
          // Another deployment may have begun meanwhile.
          if (container.deploymentVersion !== version) return;
          instance.deploymentVersion = version;
          states.restart(instance);
        });
    },
    reconfigure(container, { failure, ramMegabytes } = {}) {
      job(
        container,
        'Reconfigure',
        'container.reconfigure',
        ['Validate configuration', 'Apply', 'Verify'],
        failure,
      );
      if (failure === undefined) {
        const { LOG_LEVEL } = container.environmentVariables;
        if (ramMegabytes === undefined)
          container.environmentVariables.LOG_LEVEL = LOG_LEVEL === 'debug' ? 'info' : 'debug';
        else container.ramMegabytes = ramMegabytes;
      }
      touch(container);
      tell(container, 'container.reconfigured');
    },
    build({ id, name }, scheduledMs = 0) {
      const input = { id };
      jobs.add({
        caption: `Build image for ${name}`,
        tasks: [
          { caption: 'Build image', header: 'image.import', input, steps: ['Fetch source', 'Build', 'Push'] },
          { caption: 'Scan image', header: 'image.scan', input, steps: ['Scan'] },
        ],
        ...(scheduledMs > 0 ? { scheduledMs } : {}),
      });
    },
    scale(container, instances, asked) {
      const present = instancesOf(world, container.id);
      const pattern = present[0];
      if (pattern === undefined || container.functionLimits) return false;
      if (asked) {
        container.desiredInstances = instances;
        touch(container);
        tell(container, 'container.reconfigured');
      }
      const later = (place: number, change: () => void) =>
        clock.after((place + 1) * SCALE_STAGGER_MS, () => {
          change();
          tell(container, 'container.instances.reconfigured');
        });
      for (const [place, instance] of present.slice(instances).entries())
        later(place, () => {
          states.move(instance, 'deleted');
          world.instances.delete(instance.id);
        });
      for (let place = 0; place < instances - present.length; place += 1)
        later(place, () => {
          const added = copyOf(pattern, world.ids.objectId(), pattern.serverId, clock.now());
          world.instances.set(added.id, added);
          states.start(added);
        });
      return true;
    },
  };
}
