import type { InstanceStates } from '../world/instance-states.ts';
import type { Instance } from '../world/types.ts';
import { healthy } from './healthy.ts';
import { instanceOf } from './instance-of.ts';
import type { ScenarioPlan } from './plan.ts';

const HOUR = 3_600_000;

function rest(states: InstanceStates, instance: Instance): void {
  states.move(instance, 'stopped');
  instance.startedAt = null;
  if (instance.health) instance.health.healthy = null;
  if (instance.readiness) instance.readiness.ready = null;
}

export const degraded: ScenarioPlan = {
  ...healthy,
  name: 'degraded',
  robots: 'degraded',
  containers: healthy.containers.map((plan) => (plan.service === 'vpn' ? { ...plan, instances: 0 } : plan)),
  disabledServices: ['gateway'],
  shape({ world, states, migrations }) {
    const at = (identifier: string, index: number) => instanceOf(world, identifier, index);
    const broken = at('api', 3);
    broken.failsToStart = true;
    states.fail(broken, 'instance exited with code 78 while starting');
    states.fail(at('planner', 1), 'instance exited with code 137: out of memory');
    states.setHealthy(at('planner', 2), false);
    states.setHealthy(at('video-relay', 4), false);
    states.setReady(at('api', 5), false);
    states.setDraining(at('web', 4), true);
    rest(states, at('web', 2));

    const purged = at('telemetry-ingest', 3);
    rest(states, purged);
    Object.assign(purged, { readyState: 'purge', purgeAt: world.clock.now() + HOUR });
    const asleep = at('map-tiles', 2);
    rest(states, asleep);
    asleep.readyState = 'hibernate';
    const configuring = at('video-relay', 1);
    states.move(configuring, 'new');
    Object.assign(configuring, { readyState: 'configuring', startedAt: null, health: null, readiness: null });

    at('mqtt-broker', 2).health = null;
    at('mqtt-broker', 3).health = { healthy: null, updated: world.clock.now() };
    migrations.migrate(at('mqtt-broker', 1), HOUR);
  },
};
