import { setTimeout as sleep } from 'node:timers/promises';

import type { Operation } from '../../shared/src/catalogue.ts';
import { paths } from '../../shared/src/paths.ts';
import type { Call, World } from './world.ts';

/** What of the simulated world the operations are called with. */
export type Things = {
  /** One with an instance that ran at the start. */
  containerId: string;
  /** Which the simulated world leaves alone: others have come and gone until their turn. */
  gateway: { containerId: string; instanceId: string };
  functionContainer: string;
  imageId: string;
  machineId: string;
  deploymentId: string;
  ownDeployment: string;
  jobId: string;
  environmentId: string;
  /** Query that names one of the hub's. */
  integration: string;
  /** Robot instances by the add-on they are for. */
  robots: ReadonlyMap<string, string>;
};

const STARTS_WITHIN_MS = 90_000;
const ADDONS = ['cam', 'vnc', 'mistyproxy', 'drive', 'py', 'java', 'vscode', 'cmd', 'cmdsh', 'wstcp'];

type Listed = {
  data: { id: string; container_id?: string; identifier?: string; state?: { current?: string } }[];
};
type Deployments = { info: Record<string, { type: string; supported_addons?: string[]; queuelen?: number }> };

export async function findThings(world: World): Promise<Things> {
  const { env } = world;
  const list = async (upstream: 'cycle' | 'platform', path: string): Promise<Listed['data']> =>
    ((await world.askUpstream(upstream, { method: 'GET', path })).json as Listed).data;
  const [images, machines, containers, instances, jobs, environments] = await Promise.all([
    list('cycle', '/v1/server/images'),
    list('cycle', '/v1/environment/virtual-machines'),
    list('cycle', '/v1/environment/containers'),
    list('cycle', '/v1/environment/instances'),
    list('platform', '/v1/jobs'),
    list('platform', '/v1/environments'),
  ]);
  const self = (await world.askUpstream('cycle', { method: 'GET', path: '/v1/container' })).json;
  const functionContainer = env['SIM_FUNCTION_CONTAINER'] ?? '';
  const other = instances.find(
    ({ container_id, state }) =>
      state?.current === 'running' &&
      container_id !== functionContainer &&
      container_id !== (self as { data: { id: string } }).data.id,
  );
  const gateway = containers.find(({ identifier }) => identifier === 'env-gateway')?.id ?? '';
  const answer = await world.askUpstream('rerobots', { method: 'GET', path: '/deployments?info=t' });
  const { info } = answer.json as Deployments;
  const deployments = Object.entries(info);
  return {
    containerId: other?.container_id ?? '',
    gateway: {
      containerId: gateway,
      instanceId: instances.find(({ container_id }) => container_id === gateway)?.id ?? '',
    },
    functionContainer,
    imageId: images[0]?.id ?? '',
    machineId: machines[0]?.id ?? '',
    deploymentId: deployments[0]?.[0] ?? '',
    ownDeployment: deployments.find(([, { type }]) => type === 'user_provided')?.[0] ?? '',
    jobId: jobs[0]?.id ?? '',
    environmentId: environments[0]?.id ?? '',
    integration: env['SIM_HUB_INTEGRATION'] ?? '',
    robots: await startRobots(world, info),
  };
}

/** One instance for each kind of robot that the add-ons need, past the product: it only sees that they run. */
async function startRobots(world: World, info: Deployments['info']): Promise<Map<string, string>> {
  const robots = new Map<string, string>();
  for (const addon of ['any', ...ADDONS]) {
    const fitting = Object.entries(info).filter(
      ([, { supported_addons: addons = [], type }]) =>
        type !== 'user_provided' && (addon === 'any' || addons.includes(addon)),
    );
    const running = fitting.map(([id]) => robots.get(id)).find((id) => id !== undefined);
    const id = running ?? (await launchOne(world, fitting, robots));
    if (id !== null) robots.set(addon, id);
  }
  const until = Date.now() + STARTS_WITHIN_MS;
  for (const id of new Set(robots.values())) {
    while (Date.now() < until) {
      const { json } = await world.askUpstream('rerobots', { method: 'GET', path: `/instance/${id}` });
      if ((json as { status?: string }).status === 'READY') break;
      await sleep(300);
    }
  }
  return robots;
}

async function launchOne(
  world: World,
  fitting: readonly [string, unknown][],
  robots: Map<string, string>,
): Promise<string | null> {
  const until = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < until) {
    for (const [deployment] of fitting) {
      const call = { method: 'POST', path: `/new/${deployment}`, body: { vpn: true } };
      const { status, json } = await world.askUpstream('rerobots', call);
      const { id } = json as { id?: string };
      if (status !== 200 || id === undefined) continue;
      robots.set(deployment, id);
      return id;
    }
    // Others have them all for now.
    await sleep(1_000);
  }
  return null;
}

/** One that rerobots ends unless it is told soon that it is in use; it needs not be ready. */
export async function launchWatched(world: World): Promise<string> {
  const call = { method: 'POST', path: '/new/basic_kobuki', body: { keepalive: true } };
  const { json } = await world.askUpstream('rerobots', call);
  const { id = '' } = json as { id?: string };
  const until = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < until) {
    const found = await world.askUpstream('rerobots', { method: 'GET', path: `/instance/${id}` });
    if (found.status === 200) break;
    await sleep(100);
  }
  return id;
}

const EVENT = { event: 'operations.walked', type: 'info', priority: 'low' };
const CACHED = { scope: 'environment', key: 'operations-walk', value: 'walked', expires: '15m' };

/** Query and body of those that need one. */
function givenTo(id: string, things: Things): { query?: string; body?: unknown } {
  const time = new Date().toISOString();
  const machine = { query: `virtual-machine-id=${things.machineId}` };
  const given: Record<string, { query?: string; body?: unknown }> = {
    'cycle.container': { query: `container-id=${things.containerId}` },
    'cycle.virtual-machine': machine,
    'cycle.virtual-machine.domains': machine,
    'cycle.virtual-machine.gateways': machine,
    'cycle.hub.integrations': { query: things.integration },
    'cycle.object-cache': { query: `scope=${CACHED.scope}&key=${CACHED.key}` },
    'cycle.object-cache.put': { body: CACHED },
    'cycle.environment.lb-snapshots': { body: { 'port-443': { time } } },
    'cycle.server.images.download': { body: { image_id: things.imageId } },
    'cycle.monitoring.metrics': {
      body: [{ metric: 'operations.walked', type: 'count', points: [{ time, values: [1] }] }],
    },
    'cycle.monitoring.events': { body: [EVENT] },
    'platform.jobs': { query: 'page[size]=5' },
    'platform.hub.activity': { query: 'include=users' },
    'platform.logs.aggregate': {
      body: { scope: { type: 'container', ids: [things.containerId] }, limit: 5 },
    },
    'rerobots.deployments': { query: 'info=t' },
    'rerobots.instances': { query: 'details=t' },
    'rerobots.qlen': { query: `wds=${things.deploymentId}` },
    'rerobots.firewall.add': { body: { src: '198.51.100.7' } },
    'rerobots.instance.event': { body: { k: 'goalReached' } },
    'rerobots.addon.drive.send': { body: { linearv: 0.1 } },
    'rerobots.deployment.rule.add': { body: { cap: 'CAP_INSTANTIATE', user: 'mkowalski' } },
    'rerobots.ci.new': { body: { repo_url: 'https://git.example.com/team/app.git' } },
    'rerobots.ci.job.new': { body: { branch: 'main', commit: 'a'.repeat(40) } },
    'rerobots.ci.job.restart': { body: { do: 'restart' } },
  };
  return given[id] ?? {};
}

/** What earlier calls made for later ones: `project`, `job`, `rule`. */
export type Made = Record<string, string>;

export function proxiedCall({ id, upstream, method, path }: Operation, things: Things, made: Made): Call {
  const addon = /^rerobots\.addon\.(\w+)/.exec(id)?.[1] ?? 'any';
  const instances: Made = {
    'rerobots.hardshare.terminate': made['ownInstance'] ?? '',
    'rerobots.instance.keep-alive': made['watched'] ?? '',
  };
  const isOwners = /^rerobots\.deployment\.(rule|lockout)/.test(id);
  const values: Made = {
    ...made,
    containerId: things.functionContainer,
    environment: things.environmentId,
    container: things.gateway.containerId,
    containerInstance: things.gateway.instanceId,
    deployment: isOwners ? things.ownDeployment : things.deploymentId,
    instance: instances[id] ?? things.robots.get(addon) ?? '',
    type: 'basic_kobuki',
    camera: '0',
    job: upstream === 'platform' ? things.jobId : (made['job'] ?? ''),
  };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] || 'none');
  const { query, body } = givenTo(id, things);
  return { method, path: paths.proxy(upstream, filled) + (query === undefined ? '' : `?${query}`), body };
}
