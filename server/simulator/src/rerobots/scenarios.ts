import type { Random } from '../random.ts';
import { toMicros } from './format.ts';
import { seatInstance } from './lifecycle.ts';
import { reserve } from './reservations.ts';
import type { Deployment, Device, World } from './world.ts';
import { stampNow } from './world.ts';

export type Scenario = 'healthy' | 'degraded' | 'empty' | 'odd-names' | 'queue-full' | 'ten-thousand';

export const OTHER_USERS = [
  'bilbo',
  'akira',
  'lovelace',
  'mkowalski',
  'robotics-lab',
  'sofia',
  'teamwest',
  'yusuf',
];

const healthyDevice: Device = {
  readyMs: [20_000, 38_000],
  stopMs: [4_000, 7_000],
  nack: 0,
  silent: 0,
  stuck: 0,
};
const slowDevice: Device = {
  readyMs: [48_000, 58_000],
  stopMs: [20_000, 45_000],
  nack: 0,
  silent: 0,
  stuck: 0,
};
const flakyDevice: Device = { ...healthyDevice, nack: 0.45, silent: 0.15 };
const stuckDevice: Device = { ...slowDevice, stuck: 0.5, stopMs: [50_000, 70_000] };

const ADDONS_OF: Record<string, readonly string[]> = {
  basic_kobuki: ['cam', 'py', 'cmd', 'cmdsh', 'drive', 'vnc'],
  fixed_misty2: ['cam', 'mistyproxy', 'py', 'java', 'cmd', 'cmdsh', 'drive', 'vnc'],
  fixed_crazyflie: ['cam', 'py', 'cmdsh', 'vscode', 'wstcp'],
  fixed_brunelhand: ['cam', 'py'],
  null: ['cam', 'cmdsh'],
  user_provided: ['cmd', 'cmdsh'],
};

/** Other users never book this type, so that there is always a free robot. */
const QUIET_TYPE = 'basic_kobuki';

type Plan = Partial<Deployment> & { type: string; region: string };

function addDeployment(world: World, random: Random, plan: Plan): Deployment {
  const days = random.int(20, 1500);
  const deployment: Deployment = {
    id: random.uuid(),
    addons: ADDONS_OF[plan.type] ?? ['cam'],
    icounter: random.int(3, 900),
    created: toMicros(world.clock.now() - days * 86_400_000 - random.int(0, 86_399_999), random.int(0, 999)),
    owner: null,
    dissolved: null,
    lockout: false,
    beating: true,
    lastBeat: null,
    quiet: plan.type === QUIET_TYPE,
    failNext: false,
    device: healthyDevice,
    ...plan,
  };
  world.deployments.set(deployment.id, deployment);
  return deployment;
}

const healthyPlans: readonly Plan[] = [
  { type: 'basic_kobuki', region: 'us:cali' },
  { type: 'basic_kobuki', region: 'eu:cze' },
  { type: 'fixed_brunelhand', region: 'us:cali' },
  { type: 'fixed_crazyflie', region: 'us:cali' },
  { type: 'fixed_crazyflie', region: 'eu:cze' },
  { type: 'fixed_misty2', region: 'us:cali' },
  { type: 'fixed_misty2', region: 'us:mass' },
  { type: 'null', region: 'us:cali' },
  { type: 'null', region: 'us:mass' },
];

/** Shared by the dashboard's user; its access rule keeps everyone else out. */
function addOwnRobot(world: World, random: Random, more: Partial<Deployment> = {}): void {
  const plan = { type: 'user_provided', region: '', owner: world.userName, quiet: true, ...more };
  const { id, created } = addDeployment(world, random, plan);
  world.rules.push({
    id: world.nextRuleId++,
    created,
    user: world.userName,
    deployment: id,
    capability: 'CAP_INSTANTIATE',
  });
}

const plain = { vpn: false, keepalive: false };

function seatOther(world: World, random: Random, deployment: Deployment, waiting: number): void {
  const user = random.pick(OTHER_USERS);
  const order = { id: random.uuid(), deployment, user, options: plain, fromReservation: false };
  seatInstance(world, order, random.int(20_000, 900_000));
  for (let count = 0; count < waiting; count++)
    reserve(world, random.pick(OTHER_USERS), { deployment: deployment.id }, plain);
}

/** Instances the dashboard's user ended on the days before. */
function addHistory(world: World, random: Random, count: number): void {
  const deployments = [...world.deployments.values()].filter(({ owner }) => owner === null);
  for (let index = 1; index <= count && deployments.length > 0; index++) {
    const deployment = random.pick(deployments);
    const order = {
      id: random.uuid(),
      deployment,
      user: world.userName,
      options: plain,
      fromReservation: false,
    };
    const age = index * 86_400_000 + random.int(0, 20_000_000);
    const instance = seatInstance(world, order, age);
    Object.assign(instance, {
      status: 'TERMINATED',
      fwd: null,
      end: instance.start + random.int(300, 5400) * 1_000_000,
    });
  }
}

function populate(world: World, random: Random): void {
  addHistory(world, random, 3);
  for (const deployment of world.deployments.values())
    if (!deployment.quiet && deployment.beating && random.chance(0.55))
      seatOther(world, random, deployment, random.int(0, 2));
}

function degraded(world: World, random: Random): void {
  const silentSince = (ms: number) => ({ beating: false, lastBeat: toMicros(world.clock.now() - ms) });
  const plans: Plan[] = [
    { type: 'basic_kobuki', region: 'us:cali' },
    { type: 'basic_kobuki', region: 'eu:cze', device: slowDevice },
    { type: 'fixed_brunelhand', region: 'us:cali', lockout: true },
    { type: 'fixed_crazyflie', region: 'us:cali', device: flakyDevice },
    { type: 'fixed_crazyflie', region: 'eu:cze', ...silentSince(7_200_000) },
    { type: 'fixed_misty2', region: 'us:cali', device: stuckDevice },
    { type: 'fixed_misty2', region: 'us:mass', ...silentSince(90_000) },
    { type: 'null', region: 'us:cali', device: flakyDevice, quiet: true },
    {
      type: 'null',
      region: 'us:mass',
      dissolved: toMicros(world.clock.now() - 172_800_000, 62),
      ...silentSince(172_800_000),
    },
  ];
  for (const plan of plans) addDeployment(world, random, plan);
  addOwnRobot(world, random, silentSince(600_000));
  // Registered, but its agent was never started.
  addDeployment(world, random, {
    type: 'user_provided',
    region: '',
    owner: 'mkowalski',
    quiet: true,
    beating: false,
  });
  populate(world, random);
}

function large(world: World, random: Random): void {
  const regions = ['us:cali', 'us:mass', 'eu:cze', 'eu:deu', 'ap:jpn'];
  for (let index = 0; index < 59; index++) {
    const { type } = healthyPlans[index % healthyPlans.length] ?? { type: 'null' };
    addDeployment(world, random, { type, region: random.pick(regions) });
  }
  addOwnRobot(world, random);
  populate(world, random);
}

const builders: Record<Scenario, (world: World, random: Random) => void> = {
  empty: () => undefined,
  healthy(world, random) {
    for (const plan of healthyPlans) addDeployment(world, random, plan);
    addOwnRobot(world, random);
    populate(world, random);
  },
  degraded,
  'odd-names'(world, random) {
    const regions = ['', '\u202Eilac:su', 'كاليفورنيا', `us:${'x'.repeat(200)}`];
    for (const [place, plan] of healthyPlans.entries())
      addDeployment(world, random, { ...plan, region: regions[place - 2] ?? plan.region });
    addOwnRobot(world, random);
    populate(world, random);
  },
  'queue-full'(world, random) {
    for (const plan of healthyPlans) addDeployment(world, random, { ...plan, quiet: false });
    addHistory(world, random, 3);
    for (const deployment of world.deployments.values())
      seatOther(world, random, deployment, random.int(1, 4));
  },
  'ten-thousand': large,
};

export function buildScenario(world: World, scenario: Scenario): void {
  builders[scenario](world, world.random.fork(`scenario ${scenario}`));
  // Forks depend on names only: without a draw, ids made later would repeat those made here.
  stampNow(world);
}
