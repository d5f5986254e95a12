import type { Operation } from './catalogue-operation.ts';
import { operationsOf } from './catalogue-operation.ts';
import { rerobotsWorkOperations } from './catalogue-rerobots-work.ts';
import { rerobotsFields } from './fields-rerobots.ts';
import { rerobotsBodies } from './upstream-bodies.ts';
import { rerobotsQueries } from './upstream-queries.ts';

const { get, post, del } = operationsOf('rerobots');

const LEDGER = 'Not proxied, since the bookings must know: use /api/bookings.';
const ACCOUNT = 'Not proxied, since the dashboard must know at once which tokens are gone';

const discovery: Operation[] = [
  get({ id: 'index', path: '/', fields: rerobotsFields.index, help: 'Summary of the API.' }),
  get({
    id: 'workspaces',
    path: '/workspaces',
    fields: rerobotsFields.workspaces,
    help: 'All workspace types.',
  }),
  get({
    id: 'deployments',
    path: '/deployments',
    fields: rerobotsFields.deployments,
    query: rerobotsQueries.deployments,
    help: 'Workspace deployments, searched and sorted.',
  }),
  get({
    id: 'deployments.of-type',
    path: '/deployments/{type}',
    fields: rerobotsFields.deployments,
    query: rerobotsQueries.deployments,
    help: 'Workspace deployments of one type.',
  }),
  get({
    id: 'deployment',
    path: '/deployment/{deployment}',
    fields: rerobotsFields.deployment,
    help: 'One workspace deployment.',
  }),
  get({
    id: 'queuelen',
    path: '/queuelen/{deployment}',
    fields: rerobotsFields.queueLength,
    help: 'How many are ahead; an upper bound.',
  }),
  get({
    id: 'qlen',
    path: '/qlen',
    fields: rerobotsFields.queueLengths,
    query: rerobotsQueries.queueLengths,
    help: 'Queue lengths of several deployments.',
  }),
  get({
    id: 'qlen.of-type',
    path: '/qlen/{type}',
    fields: rerobotsFields.queueLengths,
    query: rerobotsQueries.queueLengths,
    help: 'Queue lengths of one type.',
  }),
];

const instances: Operation[] = [
  get({
    id: 'instances',
    path: '/instances',
    fields: rerobotsFields.instances,
    query: rerobotsQueries.instances,
    help: "The team account's instances.",
  }),
  get({
    id: 'instances.of-type',
    path: '/instances/{type}',
    fields: rerobotsFields.instances,
    query: rerobotsQueries.instances,
    help: "The team account's instances of one type.",
  }),
  get({
    id: 'instance',
    path: '/instance/{instance}',
    fields: rerobotsFields.instance,
    help: 'One instance.',
  }),
  post({
    id: 'new',
    path: '/new',
    fields: rerobotsFields.launch,
    proxied: false,
    route: 'POST /api/bookings',
    help: `Books a robot. ${LEDGER}`,
  }),
  post({
    id: 'new.target',
    path: '/new/{target}',
    fields: rerobotsFields.launch,
    proxied: false,
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
  get({
    id: 'reservations',
    path: '/reservations',
    fields: rerobotsFields.reservations,
    help: "The team account's places in queues.",
  }),
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
    fields: rerobotsFields.key,
    role: 'admin',
    sessionOnly: true,
    help: 'Tells whether a generated private key exists; the key is withheld. Book with your own public key.',
  }),
  post({
    id: 'instance.keep-alive',
    path: '/instance/{instance}/ka',
    owned: 'instance',
    route: null,
    target: { kind: 'robot', param: 'instance' },
    help: 'Tells rerobots that the instance is still in use.',
  }),
  post({
    id: 'instance.event',
    path: '/instance/{instance}/event',
    owned: 'instance',
    route: null,
    body: rerobotsBodies.instanceEvent,
    target: { kind: 'robot', param: 'instance' },
    help: 'Tells rerobots what the robot did, such as that it reached its goal.',
  }),
];

const access: Operation[] = [
  get({
    id: 'firewall',
    path: '/firewall/{instance}',
    fields: rerobotsFields.firewall,
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
    body: rerobotsBodies.firewallRule,
    part: 'firewall',
    target: { kind: 'robot', param: 'instance' },
    help: 'Appends a firewall rule; `src` must be given: the IPv4 address or subnet it is for.',
  }),
  del({
    id: 'firewall.clear',
    path: '/firewall/{instance}',
    owned: 'instance',
    route: 'DELETE /api/bookings/:id/firewall',
    part: 'firewall',
    target: { kind: 'robot', param: 'instance' },
    help: 'Removes all firewall rules; from then on everything is dropped.',
  }),
  get({
    id: 'vpn',
    path: '/vpn/{instance}',
    fields: rerobotsFields.vpn,
    role: 'operator',
    owned: 'instance',
    route: 'GET /api/bookings/:id/vpn',
    help: 'State and clients of the VPN of an instance.',
  }),
  post({
    id: 'vpn.add-client',
    path: '/vpn/{instance}',
    fields: rerobotsFields.vpn,
    role: 'admin',
    route: 'POST /api/bookings/:id/vpn',
    sessionOnly: true,
    part: 'VPN',
    target: { kind: 'robot', param: 'instance' },
    confirm: true,
    help: 'Adds a VPN client; its profile holds a private key and is withheld.',
  }),
  post({
    id: 'revoke',
    path: '/revoke/{sha256}',
    role: 'admin',
    proxied: false,
    route: 'POST /api/robots/account/revoke',
    help: `Revokes a token by its SHA-256. ${ACCOUNT}: use /api/robots/account/revoke.`,
  }),
  post({
    id: 'purge',
    path: '/purge',
    role: 'admin',
    proxied: false,
    route: 'POST /api/robots/account/purge',
    help: `Revokes all of the account’s tokens. ${ACCOUNT}: use /api/robots/account/purge.`,
  }),
];

const rules: Operation[] = [
  get({
    id: 'rules',
    path: '/rules',
    fields: rerobotsFields.rules,
    role: 'admin',
    query: rerobotsQueries.rules,
    sessionOnly: true,
    help: 'Access rules for the account.',
  }),
  get({
    id: 'deployment.rules',
    path: '/deployment/{deployment}/rules',
    fields: rerobotsFields.rules,
    role: 'admin',
    query: rerobotsQueries.rules,
    sessionOnly: true,
    help: 'Access rules of a deployment.',
  }),
  post({
    id: 'deployment.rule.add',
    path: '/deployment/{deployment}/rule',
    fields: rerobotsFields.newRule,
    role: 'admin',
    route: null,
    sessionOnly: true,
    body: rerobotsBodies.rule,
    target: { kind: 'deployment', param: 'deployment' },
    help: 'Adds an access rule to an own deployment.',
  }),
  del({
    id: 'deployment.rule.remove',
    path: '/deployment/{deployment}/rule/{rule}',
    role: 'admin',
    route: null,
    sessionOnly: true,
    target: { kind: 'deployment', param: 'deployment' },
    help: 'Removes an access rule.',
  }),
  post({
    id: 'deployment.lockout',
    path: '/deployment/{deployment}/lockout',
    role: 'admin',
    route: null,
    sessionOnly: true,
    target: { kind: 'deployment', param: 'deployment' },
    help: 'Locks an own deployment against new instances.',
  }),
  del({
    id: 'deployment.lockout.lift',
    path: '/deployment/{deployment}/lockout',
    role: 'admin',
    route: null,
    sessionOnly: true,
    target: { kind: 'deployment', param: 'deployment' },
    help: 'Opens a locked deployment again.',
  }),
];

export const rerobotsOperations: readonly Operation[] = [
  ...discovery,
  ...instances,
  ...access,
  ...rules,
  ...rerobotsWorkOperations,
];
