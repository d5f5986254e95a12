// The simulated upstreams of `npm run bench -- claims`: one function container with a pool that is never exhausted.
import { writeEnvFile } from '../../server/simulator/src/env-file.ts';
import { startSimulator } from '../../server/simulator/src/index.ts';
import { createRandom } from '../../server/simulator/src/random.ts';
import { buildContainer, buildInstance } from '../../server/simulator/src/scenarios/build-container.ts';
import type { Build } from '../../server/simulator/src/scenarios/build.ts';
import { scenarioPlan } from '../../server/simulator/src/scenarios/index.ts';

const [envFile = '', poolSize = '', speed = ''] = process.argv.slice(2);

// No other callers of the pool, and hardly any random events.
const plan = scenarioPlan('empty');
const simulator = await startSimulator({ scenario: plan.name, speed: Number(speed) });
const { world } = simulator.live;
(world.disabledServices as Set<string>).clear();
const build: Build = { plan, clock: world.clock, ids: world.ids, random: createRandom(7) };
const container = buildContainer(world, build, {
  identifier: 'bench',
  name: 'Bench',
  instances: Number(poolSize),
  strategy: 'function',
  checks: false,
  functionLimits: {
    maxPoolSize: Number(poolSize),
    maxShardConcurrency: Number(poolSize),
    maxRuntime: null,
    maxQueueTime: '200s',
  },
});
world.containers.set(container.id, container);
const [server] = world.servers.values();
if (!server) throw new Error('the scenario: expected a server');
for (let index = 1; index <= Number(poolSize); index += 1) {
  const instance = buildInstance(world, build, container, index, server);
  world.instances.set(instance.id, instance);
}
await writeEnvFile(envFile, { ...simulator.env, SIM_FUNCTION_CONTAINER: container.id });

process.once('SIGTERM', () => {
  void simulator.close().then(() => process.exit(0));
});
