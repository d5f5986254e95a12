import type { Operation } from './catalogue-operation.ts';
import { operationsOf } from './catalogue-operation.ts';

const { get, post } = operationsOf('cycle');

/** Secrets of an environment at `at` (Cycle internal API docs, Environment): scheduler keys, webhooks, log drains. */
const environment = (at: string): string[] => [
  `${at}.services.scheduler.config.access_keys.*.secret`,
  `${at}.services.vpn.config.auth.webhook`,
  `${at}.services.vpn.config.custom_directives`,
  `${at}.features.monitoring.config.logs.drain.url`,
  `${at}.features.monitoring.config.metrics.endpoint.url`,
  `${at}.features.monitoring.config.events.endpoint.url`,
];

/** Secrets of a container at `at` (Cycle internal API docs, Container): variables, volume passwords, webhooks. */
const container = (at: string): string[] => [
  `${at}.config.runtime.environment_vars.*`,
  `${at}.config.integrations.webhooks`,
  `${at}.config.integrations.files.*.source`,
  `${at}.volumes.*.config.remote_access.password`,
  `${at}.volumes.*.config.remote_access.webhook`,
];

/** Whoever has a migration's key can take part in the migration. */
const instance = (at: string): string[] => [`${at}.migration.key`];

const virtualMachine = (at: string): string[] => [
  `${at}.root_password.current`,
  `${at}.image.details.script`,
  `${at}.volumes.*.config.remote_access.password`,
];

export const cycleOperations: readonly Operation[] = [
  get({
    id: 'environment',
    path: '/v1/environment',
    secrets: environment('data'),
    help: 'The environment this dashboard runs in.',
  }),
  get({
    id: 'environment.containers',
    path: '/v1/environment/containers',
    secrets: container('data.*'),
    help: 'All containers of the environment.',
  }),
  get({
    id: 'environment.instances',
    path: '/v1/environment/instances',
    secrets: instance('data.*'),
    help: 'All instances of the environment.',
  }),
  get({ id: 'environment.ips', path: '/v1/environment/ips', help: 'Public IPs of the environment.' }),
  get({
    id: 'environment.services',
    path: '/v1/environment/services',
    secrets: [...container('data.*.container'), ...instance('data.*.instances.*')],
    help: "The environment's services with their instances.",
  }),
  get({
    id: 'environment.virtual-machines',
    path: '/v1/environment/virtual-machines',
    secrets: virtualMachine('data.*'),
    help: 'All virtual machines of the environment.',
  }),
  post({
    id: 'environment.lb-snapshots',
    path: '/v1/environment/services/lb/telemetry/snapshots',
    route: null,
    help: 'Hands in telemetry snapshots of a load balancer.',
  }),
  get({
    id: 'environment.scoped-variables',
    path: '/v1/environment/scoped-variables',
    role: 'admin',
    secrets: ['data.*'],
    sessionOnly: true,
    help: 'Names of the scoped variables this container may read; values are withheld.',
  }),
  get({ id: 'hub', path: '/v1/hub', help: 'The hub this environment belongs to.' }),
  get({
    id: 'hub.integrations',
    path: '/v1/hub/integrations',
    role: 'admin',
    query: ['identifier', 'vendor'],
    secrets: ['data.auth.*', 'data.extra.*'],
    sessionOnly: true,
    help: 'One integration of the hub, by identifier or vendor.',
  }),
  get({ id: 'server', path: '/v1/server', help: 'The server this dashboard runs on.' }),
  get({
    id: 'server.instances',
    path: '/v1/server/instances',
    secrets: instance('data.*'),
    help: "The environment's instances on this server.",
  }),
  get({
    id: 'server.telemetry',
    path: '/v1/server/instances/telemetry',
    help: 'Resource use of the instances on this server, as cumulative counters.',
  }),
  get({
    id: 'server.containers',
    path: '/v1/server/containers',
    secrets: container('data.*'),
    help: 'Containers with an instance on this server.',
  }),
  get({ id: 'server.images', path: '/v1/server/images', help: 'Images held on this server.' }),
  post({
    id: 'server.images.download',
    path: '/v1/server/images/download',
    route: null,
    help: 'Has this server fetch an image ahead of its use.',
  }),
  post({
    id: 'server.power.poweroff',
    path: '/v1/server/power/poweroff',
    role: 'admin',
    route: null,
    sessionOnly: true,
    confirm: true,
    help: 'Powers off the server, and with it this dashboard.',
  }),
  post({
    id: 'server.power.reboot',
    path: '/v1/server/power/reboot',
    role: 'admin',
    route: null,
    sessionOnly: true,
    confirm: true,
    help: 'Reboots the server, and with it this dashboard.',
  }),
  get({
    id: 'container',
    path: '/v1/container',
    query: ['container-id'],
    secrets: container('data'),
    help: "One container; this dashboard's own unless named.",
  }),
  get({
    id: 'container.instances',
    path: '/v1/container/instances',
    query: ['container-id'],
    secrets: instance('data.*'),
    help: 'Instances of one container.',
  }),
  get({
    id: 'containers.certificates',
    path: '/v1/containers/certificates',
    role: 'admin',
    query: ['container-id'],
    secrets: ['data.*.private_key', 'data.*.csr'],
    sessionOnly: true,
    help: 'TLS certificates of a container; private keys are withheld.',
  }),
  get({
    id: 'containers.domains',
    path: '/v1/containers/domains',
    query: ['container-id'],
    help: 'Domains that lead to a container.',
  }),
  post({
    id: 'conductor.tasks',
    path: '/v1/conductor/tasks',
    route: 'POST /api/instances/:id/tasks',
    help: 'Starts or stops an instance; the answer is empty, so watch the instance’s state.',
  }),
  post({
    id: 'monitoring.metrics',
    path: '/v1/monitoring/metrics',
    route: null,
    help: 'Pushes custom metrics.',
  }),
  post({
    id: 'monitoring.events',
    path: '/v1/monitoring/events',
    route: null,
    help: 'Pushes custom events.',
  }),
  post({
    id: 'vpn.login',
    path: '/v1/vpn/login',
    role: 'admin',
    changes: false,
    proxied: false,
    route: null,
    help: 'Checks a VPN password. Not proxied, since it would let anyone guess passwords: sign in instead.',
  }),
  get({ id: 'sdn.networks', path: '/v1/sdn/networks', help: 'SDN networks the environment is part of.' }),
  get({
    id: 'sdn.networks.instances',
    path: '/v1/sdn/networks/instances',
    secrets: instance('data.*'),
    help: 'Instances reachable over SDN networks.',
  }),
  get({
    id: 'sdn.networks.environments',
    path: '/v1/sdn/networks/environments',
    secrets: environment('data.*'),
    help: 'Environments joined over SDN networks.',
  }),
  get({
    id: 'virtual-machine',
    path: '/v1/virtual-machine',
    query: ['virtual-machine-id'],
    secrets: virtualMachine('data'),
    help: 'One virtual machine.',
  }),
  get({
    id: 'virtual-machine.domains',
    path: '/v1/virtual-machine/domains',
    query: ['virtual-machine-id'],
    help: 'Domains that lead to a virtual machine.',
  }),
  get({
    id: 'virtual-machine.gateways',
    path: '/v1/virtual-machine/gateways',
    query: ['virtual-machine-id'],
    help: 'Gateway addresses of a virtual machine.',
  }),
  get({
    id: 'object-cache',
    path: '/v1/object-cache',
    role: 'operator',
    query: ['scope', 'key'],
    sessionOnly: true,
    help: 'Reads one entry of the object cache: whatever a program put there.',
  }),
  post({
    id: 'object-cache.put',
    path: '/v1/object-cache',
    route: null,
    help: 'Writes one entry of the object cache.',
  }),
];
