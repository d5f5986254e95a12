import type { Operation } from './catalogue-operation.ts';
import { operationsOf } from './catalogue-operation.ts';

const { get, post, del } = operationsOf('rerobots');

const LEDGER = 'Not proxied, since the bookings must know: use /api/bookings.';
const ADDONS = ['cam', 'vnc', 'mistyproxy', 'drive', 'py', 'java', 'vscode', 'cmd', 'cmdsh'];
const PAGING = ['sort_by', 'max_per_page', 'page'];

const discovery: Operation[] = [
  get({ id: 'index', path: '/', help: 'Summary of the API.' }),
  get({ id: 'workspaces', path: '/workspaces', help: 'All workspace types.' }),
  get({
    id: 'deployments',
    path: '/deployments',
    query: ['q', 'maxlen', 'types', 'info', 'with_dissolved', ...PAGING],
    help: 'Workspace deployments, searched and sorted.',
  }),
  get({
    id: 'deployments.of-type',
    path: '/deployments/{type}',
    query: ['q', 'maxlen', 'types', 'info', 'with_dissolved', ...PAGING],
    help: 'Workspace deployments of one type.',
  }),
  get({ id: 'deployment', path: '/deployment/{deployment}', help: 'One workspace deployment.' }),
  get({ id: 'queuelen', path: '/queuelen/{deployment}', help: 'How many are ahead; an upper bound.' }),
  get({ id: 'qlen', path: '/qlen', query: ['wds'], help: 'Queue lengths of several deployments.' }),
  get({ id: 'qlen.of-type', path: '/qlen/{type}', query: ['wds'], help: 'Queue lengths of one type.' }),
];

const instances: Operation[] = [
  get({
    id: 'instances',
    path: '/instances',
    query: ['include_terminated', 'include_init_fail', 'details', ...PAGING],
    help: "The team account's instances.",
  }),
  get({
    id: 'instances.of-type',
    path: '/instances/{type}',
    query: ['include_terminated', 'include_init_fail', 'details', ...PAGING],
    help: "The team account's instances of one type.",
  }),
  get({
    id: 'instance',
    path: '/instance/{instance}',
    secrets: ['vpn.ovpn', 'sshkey'],
    help: 'One instance.',
  }),
  post({
    id: 'new',
    path: '/new',
    proxied: false,
    secrets: ['sshkey'],
    route: 'POST /api/bookings',
    help: `Books a robot. ${LEDGER}`,
  }),
  post({
    id: 'new.target',
    path: '/new/{target}',
    proxied: false,
    secrets: ['sshkey'],
    route: 'POST /api/bookings',
    help: `Books a robot by deployment or type. ${LEDGER}`,
  }),
  post({
    id: 'terminate',
    path: '/terminate/{instance}',
    proxied: false,
    route: 'POST /api/bookings/:id/terminate',
    help: `Ends a booking. ${LEDGER}`,
  }),
  get({ id: 'reservations', path: '/reservations', help: "The team account's places in queues." }),
  del({
    id: 'reservation.cancel',
    path: '/reservation/{reservation}',
    proxied: false,
    route: 'POST /api/bookings/:id/cancel',
    help: `Leaves a queue. ${LEDGER}`,
  }),
  get({
    id: 'instance.sshkey',
    path: '/instance/{instance}/sshkey',
    role: 'admin',
    secrets: ['key'],
    sessionOnly: true,
    help: 'Tells whether a generated private key exists; the key is withheld. Book with your own public key.',
  }),
  post({
    id: 'instance.keep-alive',
    path: '/instance/{instance}/ka',
    owned: 'instance',
    route: null,
    help: 'Tells rerobots that the instance is still in use.',
  }),
];

const access: Operation[] = [
  get({
    id: 'firewall',
    path: '/firewall/{instance}',
    role: 'operator',
    owned: 'instance',
    route: 'GET /api/bookings/:id/firewall',
    help: 'Firewall rules of an instance, first match first.',
  }),
  post({
    id: 'firewall.add',
    path: '/firewall/{instance}',
    owned: 'instance',
    route: 'POST /api/bookings/:id/firewall',
    help: 'Appends a firewall rule; `src` must be given: the IPv4 address or subnet it is for.',
  }),
  del({
    id: 'firewall.clear',
    path: '/firewall/{instance}',
    owned: 'instance',
    route: 'DELETE /api/bookings/:id/firewall',
    help: 'Removes all firewall rules; from then on everything is dropped.',
  }),
  get({
    id: 'vpn',
    path: '/vpn/{instance}',
    role: 'operator',
    owned: 'instance',
    secrets: ['ovpn'],
    route: 'GET /api/bookings/:id/vpn',
    help: 'State and clients of the VPN of an instance.',
  }),
  post({
    id: 'vpn.add-client',
    path: '/vpn/{instance}',
    role: 'admin',
    secrets: ['ovpn'],
    route: 'POST /api/bookings/:id/vpn',
    sessionOnly: true,
    help: 'Adds a VPN client; its profile holds a private key and is withheld.',
  }),
  post({
    id: 'revoke',
    path: '/revoke/{sha256}',
    role: 'admin',
    route: 'POST /api/robots/account/revoke',
    sessionOnly: true,
    confirm: true,
    help: 'Revokes a token by its SHA-256.',
  }),
  post({
    id: 'purge',
    path: '/purge',
    role: 'admin',
    route: 'POST /api/robots/account/purge',
    sessionOnly: true,
    confirm: true,
    help: "Revokes all of the account's tokens, the dashboard's own with them.",
  }),
];

const rules: Operation[] = [
  get({
    id: 'rules',
    path: '/rules',
    role: 'admin',
    query: ['to_user'],
    sessionOnly: true,
    help: 'Access rules for the account.',
  }),
  get({
    id: 'deployment.rules',
    path: '/deployment/{deployment}/rules',
    role: 'admin',
    query: ['to_user'],
    sessionOnly: true,
    help: 'Access rules of a deployment.',
  }),
  post({
    id: 'deployment.rule.add',
    path: '/deployment/{deployment}/rule',
    role: 'admin',
    route: null,
    sessionOnly: true,
    help: 'Adds an access rule to an own deployment.',
  }),
  del({
    id: 'deployment.rule.remove',
    path: '/deployment/{deployment}/rule/{rule}',
    role: 'admin',
    route: null,
    sessionOnly: true,
    help: 'Removes an access rule.',
  }),
  post({
    id: 'deployment.lockout',
    path: '/deployment/{deployment}/lockout',
    role: 'admin',
    route: null,
    sessionOnly: true,
    help: 'Locks an own deployment against new instances.',
  }),
  del({
    id: 'deployment.lockout.lift',
    path: '/deployment/{deployment}/lockout',
    role: 'admin',
    route: null,
    sessionOnly: true,
    help: 'Opens a locked deployment again.',
  }),
];

const addons: Operation[] = ADDONS.flatMap((addon) => [
  get({
    id: `addon.${addon}`,
    path: `/addon/${addon}/{instance}`,
    role: 'operator',
    owned: 'instance',
    secrets: ['password', 'url'],
    help: `State of the ${addon} add-on; 404 means not active.`,
  }),
  post({
    id: `addon.${addon}.activate`,
    path: `/addon/${addon}/{instance}`,
    owned: 'instance',
    route: null,
    help: `Activates the ${addon} add-on.`,
  }),
  del({
    id: `addon.${addon}.deactivate`,
    path: `/addon/${addon}/{instance}`,
    owned: 'instance',
    route: null,
    help: `Deactivates the ${addon} add-on.`,
  }),
]);

const addonActions: Operation[] = [
  get({
    id: 'addon.cam.image',
    path: '/addon/cam/{instance}/{camera}/img',
    role: 'operator',
    owned: 'instance',
    help: 'One picture of a camera, as base64.',
  }),
  post({
    id: 'addon.drive.send',
    path: '/addon/drive/{instance}/tx',
    owned: 'instance',
    route: null,
    help: 'Drives the robot: `linearv` and `angularv`.',
  }),
];

const continuousIntegration: Operation[] = [
  get({
    id: 'ci.projects',
    path: '/ci/projects',
    route: 'GET /api/robots/ci',
    help: 'CI projects of the account.',
  }),
  post({ id: 'ci.new', path: '/ci/new', route: 'POST /api/robots/ci', help: 'Makes a CI project or build.' }),
  post({
    id: 'ci.job.new',
    path: '/ci/project/{project}/job',
    route: null,
    help: 'Runs a CI job on a branch and commit.',
  }),
  post({
    id: 'ci.job.restart',
    path: '/ci/project/{project}/job/{job}',
    route: null,
    help: 'Restarts a CI job.',
  }),
];

export const rerobotsOperations: readonly Operation[] = [
  ...discovery,
  ...instances,
  ...access,
  ...rules,
  ...addons,
  ...addonActions,
  ...continuousIntegration,
];
