import { naiveTime } from './format.ts';
import { lengthBound, paginate } from './pages.ts';
import { Refusal, ok, refuse } from './reply.ts';
import { internalError } from './reply.ts';
import type { Call, Route } from './route.ts';
import { flag, open } from './route.ts';
import type { Caller } from './tokens.ts';
import type { Deployment, World } from './world.ts';
import { activeInstance, heartbeatAge, isOnline, queueLength } from './world.ts';

const NO_DEPLOYMENT = 'no workspace deployment found with given ID';

/** Types the documentation names whether or not a deployment of them exists. */
export const CATALOGUE = [
  'basic_kobuki',
  'fixed_brunelhand',
  'fixed_crazyflie',
  'fixed_misty2',
  'null',
  'user_provided',
] as const;

function info(world: World, deployment: Deployment) {
  return {
    type: deployment.type,
    type_version: 1,
    supported_addons: deployment.addons,
    desc: '',
    region: deployment.region,
    icounter: deployment.icounter,
    created: naiveTime(deployment.created),
    queuelen: queueLength(world, deployment),
  };
}

/**
 * A deployment as GET /deployment/:id shows it to a caller. The caller's instance, the owner's add-on settings and
 * the superuser's heartbeat appear in the observed profile only.
 */
export function deploymentView(world: World, deployment: Deployment, caller: Caller | null) {
  const observed = world.profile === 'observed';
  const beat = deployment.beating ? world.clock.now() * 1000 : (deployment.lastBeat ?? 0);
  const holder = caller ? activeInstance(world, deployment) : undefined;
  return {
    id: deployment.id,
    ...info(world, deployment),
    heartbeat: observed && caller?.superuser ? naiveTime(beat) : undefined,
    lockout: deployment.lockout || undefined,
    dissolved: deployment.dissolved === null ? undefined : naiveTime(deployment.dissolved),
    online: isOnline(world, deployment),
    instance: observed && holder && holder.user === caller?.user ? holder.id : undefined,
    addons_config: observed && deployment.owner && deployment.owner === caller?.user ? {} : undefined,
  };
}

const byType = (a: Deployment, b: Deployment) => (a.type < b.type ? -1 : Number(a.type > b.type));
const byCreated = (a: Deployment, b: Deployment) => a.created - b.created;
const byCount = (a: Deployment, b: Deployment) => a.icounter - b.icounter;
type Order = (a: Deployment, b: Deployment) => number;
const orders: Record<string, Order> = {
  inc_wtype: byType,
  dec_wtype: (a, b) => byType(b, a),
  inc_created: byCreated,
  dec_created: (a, b) => byCreated(b, a),
  inc_count: byCount,
  dec_count: (a, b) => byCount(b, a),
};

function typeFilter(query: URLSearchParams, pathType: string | undefined): (type: string) => boolean {
  const listed = (query.get('types') ?? '').split(',').filter((entry) => entry !== '');
  const names = listed.length > 0 ? listed : pathType === undefined ? [] : [pathType];
  const wanted = names.filter((name) => !name.startsWith('!'));
  const unwanted = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1));
  return (type) => (wanted.length === 0 || wanted.includes(type)) && !unwanted.includes(type);
}

function matching({ world, query }: Call, pathType: string | undefined): Deployment[] {
  const ofType = typeFilter(query, pathType);
  const bound = lengthBound(query.get('maxlen'));
  const search = (query.get('q') ?? '').toLowerCase();
  const withDissolved = query.has('with_dissolved');
  return [...world.deployments.values()]
    .filter((deployment) => withDissolved || deployment.dissolved === null)
    .filter((deployment) => ofType(deployment.type))
    .filter(({ type, region }) => [type, region].some((text) => text.toLowerCase().includes(search)))
    .filter((deployment) => queueLength(world, deployment) <= bound)
    .sort(orders[query.get('sort_by') ?? ''] ?? byType);
}

function list(call: Call, pathType?: string) {
  const { world, query } = call;
  const found = matching(call, pathType);
  const page = paginate(found, query, world.profile === 'observed' ? 0 : 1);
  // Observed: info covers every match, not only the page.
  const details = flag(query, 'info')
    ? Object.fromEntries(found.map((deployment) => [deployment.id, info(world, deployment)]))
    : undefined;
  return ok({
    workspace_deployments: page.items.map(({ id }) => id),
    page_count: page.pageCount,
    info: details,
  });
}

function workspaceTypes({ world, query }: Call): string[] {
  const withDissolved = query.has('with_dissolved');
  const present = [...world.deployments.values()]
    .filter(({ dissolved }) => withDissolved || dissolved === null)
    .map(({ type }) => type);
  return [...new Set(world.profile === 'documented' ? [...CATALOGUE, ...present] : present)];
}

export const deploymentRoutes: Route[] = [
  open('GET', '/workspaces', 'bare', (call) => ok({ workspace_types: workspaceTypes(call) })),
  open('GET', '/deployments', 'bare', (call) => list(call)),
  open('GET', '/deployments/{type:word}', 'bare', (call) => list(call, call.param('type'))),
  open('GET', '/deployment/{id:uuid}', 'bare', ({ world, caller, param }) => {
    const deployment = world.deployments.get(param('id'));
    if (!deployment) throw refuse(404, NO_DEPLOYMENT);
    // Observed: a deployment that never sent a heartbeat breaks this route.
    if (world.profile === 'observed' && heartbeatAge(world, deployment) === Infinity)
      throw new Refusal(internalError);
    return ok(deploymentView(world, deployment, caller));
  }),
  open('GET', '/queuelen/{id:any}', 'bare', ({ world, param }) => {
    const deployment = world.deployments.get(param('id'));
    if (!deployment && world.profile === 'documented') throw refuse(404, NO_DEPLOYMENT);
    return ok({ id: param('id'), len: deployment ? queueLength(world, deployment) : 0 });
  }),
];
