import { catalogue } from '../../shared/src/catalogue.ts';
import { environmentPaths } from '../../shared/src/paths-environment.ts';
import { paths } from '../../shared/src/paths.ts';
import { callerNamed } from './callers.ts';
import type { Caller } from './callers.ts';
import type { Looks } from './looks.ts';
import type { World } from './world.ts';

const EACH = 3;
const EXPORTS = [
  '/api/claims/export?format=csv&state=all',
  '/api/claims/export?format=json&state=all',
  '/api/robots/usage.csv?from=0&to=4000000000000',
  '/api/activity/export?format=csv',
  '/api/activity/export?format=jsonl',
];
const PAGES = ['/', '/activity', '/robots', '/healthz', '/readyz', '/api/openapi.json', '/api/nothing-here'];

/** Every address that can be read, filled in with ids of what there is. */
export async function readable(
  { env }: World,
  looks: Looks,
  callers: readonly Caller[],
  robot: string | null,
): Promise<string[]> {
  const ada = callerNamed(callers, 'admin');
  const list = async (path: string): Promise<unknown> => (await looks.ask(ada, 'GET', path)).json;
  const topology = (await list(paths.topology())) as { nodes?: { kind: string; id: string }[] };
  const nodes = (kind: string): string[] =>
    (topology.nodes ?? []).filter((node) => node.kind === kind).map(({ id }) => id);
  const ids: Record<string, string[]> = {
    container: nodes('container'),
    instance: nodes('instance'),
    function: [env['SIM_FUNCTION_CONTAINER'] ?? ''],
    claim: idsIn(await list(`${paths.claims()}?state=all`)),
    batch: idsIn(await list(paths.claimBatches())),
    booking: idsIn(await list(paths.bookings())),
    deployment: idsIn(await list(paths.deployments())),
    token: idsIn(await list(paths.accessTokens())),
    environment: nodes('environment'),
  };
  const output = nodes('instance')
    .slice(0, EACH)
    .flatMap((id) => [`${environmentPaths.instanceLogs(id)}?from=1`, environmentPaths.instanceConsole(id)]);
  const routes = Object.entries(paths).flatMap(([name, path]): string[] => {
    if (name === 'proxy' || name === 'events') return [];
    if (path.length === 0) return [(path as () => string)()];
    const kind = Object.keys(ids).find((each) =>
      name.toLowerCase().includes(each === 'batch' ? 'claimbatch' : each),
    );
    const known = name.startsWith('claimBatch') ? ids['batch'] : ids[kind ?? ''];
    return (known ?? []).slice(0, EACH).map((id) => (path as (id: string) => string)(id));
  });
  return [
    ...new Set([
      ...routes,
      ...output,
      ...EXPORTS,
      ...PAGES,
      ...proxied(env, ids, nodes('virtual-machine'), robot),
    ]),
  ];
}

function proxied(
  env: Readonly<Record<string, string>>,
  ids: Record<string, string[]>,
  machines: string[],
  robot: string | null,
): string[] {
  const parameters: Record<string, string> = {
    containerId: env['SIM_FUNCTION_CONTAINER'] ?? '',
    deployment: ids['deployment']?.[0] ?? 'x',
    instance: robot ?? 'x',
    environment: ids['environment']?.[0] ?? 'x',
    type: 'basic_kobuki',
    camera: '0',
  };
  const queries: Record<string, string> = {
    'cycle.hub.integrations': `?${env['SIM_HUB_INTEGRATION'] ?? ''}`,
    'cycle.virtual-machine': `?virtual-machine-id=${machines[0] ?? ''}`,
    'cycle.virtual-machine.domains': `?virtual-machine-id=${machines[0] ?? ''}`,
    'cycle.virtual-machine.gateways': `?virtual-machine-id=${machines[0] ?? ''}`,
    'platform.hub.activity': '?include=users',
    'rerobots.instances': '?details=t&include_terminated',
    'rerobots.deployments': '?info=t',
    'rerobots.qlen': `?wds=${ids['deployment']?.[0] ?? ''}`,
  };
  return catalogue
    .filter(({ method, proxied: isProxied }) => isProxied && method === 'GET')
    .map(({ id, upstream, path }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => parameters[name] ?? 'x');
      return paths.proxy(upstream, filled) + (queries[id] ?? '');
    });
}

function idsIn(json: unknown): string[] {
  if (Array.isArray(json)) {
    return json.flatMap((item: unknown) =>
      typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string'
        ? [item.id]
        : [],
    );
  }
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(idsIn) : [];
}
