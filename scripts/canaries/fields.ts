/**
 * Where the upstreams' references name a secret, or a field in which people write one: the second opinion on what the
 * catalogue marks, so it is not drawn from it. `value`: the field itself is secret · `address`: the path of an address
 * is · `url`: an address or a text that may hold an address with credentials. `*` is any name; lists are seen through.
 */
export type Kind = 'value' | 'address' | 'url';
export type SecretField = { kind: Kind; path: string };
export type Answer = { upstream: Upstream; path: RegExp; fields: readonly SecretField[] };
export type Upstream = 'cycle' | 'scheduler' | 'rerobots' | 'platform';

const of =
  (kind: Kind) =>
  (...paths: string[]): SecretField[] =>
    paths.map((path) => ({ kind, path }));
const [value, address, url] = [of('value'), of('address'), of('url')];
const below = (at: string, fields: readonly SecretField[]): SecretField[] =>
  fields.map(({ kind, path }) => ({ kind, path: `${at}.${path}` }));
/** What no reference names must not pass either. */
const unknown = value('no_such_field', 'no_such_object.token');

const container = [
  ...value(
    'config.runtime.environment_vars.*',
    'config.runtime.command.args',
    'config.deploy.health_check.command',
    'config.deploy.readiness_check.command',
    'config.integrations.backups.backup.command',
    'config.integrations.backups.restore.command',
    'volumes.config.remote_access.password.data',
  ),
  ...address(
    'config.integrations.webhooks.config',
    'config.integrations.webhooks.events.deploy',
    'config.integrations.webhooks.events.start',
    'config.integrations.webhooks.events.stop',
    'config.integrations.files.source',
    'config.scale.thresholds.details.webhook',
    'volumes.config.remote_access.webhook',
  ),
  ...url('state.error.message', 'annotations.source', 'image.source.url'),
  ...unknown,
];
const instance = [
  ...value('migration.key'),
  ...url('state.error.message', 'meta.node.state.error.message'),
  ...unknown,
];
const environment = [
  ...value('services.scheduler.config.access_keys.secret', 'services.vpn.config.custom_directives'),
  ...address(
    'services.vpn.config.auth.webhook',
    'features.monitoring.config.logs.drain.url',
    'features.monitoring.config.metrics.endpoint.url',
    'features.monitoring.config.events.endpoint.url',
  ),
  ...url(
    'state.error.message',
    'about.description',
    'services.loadbalancer.config.details.controllers.transport.routers.config.extension.details.proxy.url',
    'services.loadbalancer.config.details.controllers.transport.routers.config.extension.details.redirect.url',
  ),
  ...value('services.loadbalancer.config.details.controllers.waf.rules.conditions.value'),
  ...unknown,
];
const server = [
  ...value('provider.extra.*', 'shared_file_systems.mounts.data.options'),
  ...url('shared_file_systems.mounts.data.source', 'state.error.message'),
  ...unknown,
];
const virtualMachine = [
  ...value('root_password.current', 'image.details.script', 'volumes.config.remote_access.password.data'),
  ...address('image.details.chain_url', 'volumes.config.remote_access.webhook'),
  ...url('image.details.url', 'config.runtime.attach.details.url', 'state.error.message'),
  ...below('meta.server', server),
  ...unknown,
];
const integration = [
  ...value(
    ...['api_key', 'key_id', 'secret', 'client_id', 'subscription_id', 'base64_config', 'namespace'].map(
      (name) => `auth.${name}`,
    ),
    'extra.*',
  ),
  ...unknown,
];
const certificate = [...value('private_key', 'csr'), ...unknown];
const domain = [...url('record.state.error.message'), ...unknown];
const error = [...url('error.detail', 'error.title'), ...value('error.debug', 'stack')];

const cycle = (path: RegExp, fields: readonly SecretField[]): Answer => ({
  upstream: 'cycle',
  path,
  fields: below('data', fields),
});
const rerobots = (path: RegExp, fields: readonly SecretField[]): Answer => ({
  upstream: 'rerobots',
  path,
  fields,
});

const robot = [...value('sshkey', 'vpn.ovpn', 'wdinfo.addons_config.*'), ...url('wdinfo.desc'), ...unknown];
const jobs = below('data', [
  ...value('tasks.input', 'tasks.output', 'tasks.steps.extra', 'hash_key'),
  ...url('caption', 'state.error.message'),
]);

export const answers: readonly Answer[] = [
  cycle(/^\/v1\/environment$/, environment),
  cycle(/^\/v1\/environment\/containers$/, container),
  cycle(/^\/v1\/environment\/instances$/, instance),
  cycle(/^\/v1\/environment\/ips$/, unknown),
  cycle(
    /^\/v1\/environment\/services$/,
    below('*', [...below('container', container), ...below('instances', instance)]),
  ),
  cycle(/^\/v1\/environment\/virtual-machines$/, virtualMachine),
  cycle(/^\/v1\/environment\/scoped-variables$/, value('*')),
  cycle(/^\/v1\/hub$/, [...value('meta.membership.invitation.recipient'), ...unknown]),
  cycle(/^\/v1\/hub\/integrations/, integration),
  cycle(/^\/v1\/server$/, server),
  cycle(/^\/v1\/server\/instances$/, instance),
  cycle(/^\/v1\/server\/instances\/telemetry$/, unknown),
  cycle(/^\/v1\/server\/containers$/, container),
  cycle(/^\/v1\/server\/images$/, [...url('source.details.url'), ...unknown]),
  cycle(/^\/v1\/container(\?|$)/, container),
  cycle(/^\/v1\/container\/instances/, instance),
  cycle(/^\/v1\/containers\/certificates/, certificate),
  cycle(/^\/v1\/containers\/domains/, domain),
  cycle(/^\/v1\/sdn\/networks$/, unknown),
  cycle(/^\/v1\/sdn\/networks\/instances$/, instance),
  cycle(/^\/v1\/sdn\/networks\/environments$/, environment),
  cycle(/^\/v1\/virtual-machine(\?|$)/, virtualMachine),
  cycle(/^\/v1\/virtual-machine\/domains/, domain),
  cycle(/^\/v1\/virtual-machine\/gateways/, unknown),
  { upstream: 'scheduler', path: /\/active$/, fields: below('data.*', instance) },
  {
    upstream: 'scheduler',
    path: /\/(claim|spawn|release)$/,
    fields: below('data', value('token', 'no_such_field')),
  },
  rerobots(/^\/deployments/, below('info.*', [...value('addons_config.*', 'no_such_field'), ...url('desc')])),
  rerobots(/^\/deployment\/[^/]+$/, [...value('addons_config.*', 'no_such_field'), ...url('desc')]),
  rerobots(/^\/instances/, [...value('workspace_instances.sshkey'), ...unknown]),
  rerobots(/^\/instance\/[^/]+$/, robot),
  rerobots(/^\/instance\/[^/]+\/sshkey$/, value('key')),
  rerobots(/^\/new/, value('sshkey')),
  rerobots(/^\/reservations$/, [...value('reservations.sshkey'), ...url('reservations.desc')]),
  rerobots(/^\/firewall\//, unknown),
  rerobots(/^\/addon\//, value('url', 'password')),
  rerobots(/^\/ci\/projects$/, [...url('*.repo_url'), ...value('*.deploy_key')]),
  { upstream: 'platform', path: /^\/v1\/jobs/, fields: jobs },
  {
    upstream: 'platform',
    path: /^\/v1\/environments\/[^/]+\/scoped-variables/,
    fields: below('data', [
      ...value('source.details.value', 'source.details.headers.*'),
      ...url('source.details.url'),
      ...unknown,
    ]),
  },
  {
    upstream: 'platform',
    path: /^\/v1\/hubs\/current\/activity/,
    fields: [
      ...below('data', [
        ...value('session.token', 'session.api_key', 'session.ip', 'changes.prev', 'annotations.*'),
        ...url('error.message'),
        ...unknown,
      ]),
      ...value('includes.users.accounts.*.email.address'),
    ],
  },
  {
    upstream: 'platform',
    path: /\/console$/,
    fields: below('data', [...value('token'), ...unknown]),
  },
  {
    upstream: 'platform',
    path: /^\/v1\/monitoring\/logs/,
    fields: below('data', [...url('message'), ...unknown]),
  },
];

/** Of what an upstream says where it refuses or fails. */
export const refusals: Readonly<Record<Upstream, readonly SecretField[]>> = {
  cycle: error,
  scheduler: error,
  platform: error,
  rerobots: [...url('error_message'), ...value('debug')],
};

/** What an answer's canaries are named after. */
export function nameOf({ upstream, path }: Pick<Answer, 'upstream' | 'path'>): string {
  return `${upstream} ${path.source.replaceAll(/[\\^$]/g, '').replace('(?|)', '')}`;
}

export function namesOfAll(): string[] {
  const named = answers.map((each) => [nameOf(each), each.fields] as const);
  const refused = Object.entries(refusals).map(
    ([upstream, fields]) => [`${upstream} refusal`, fields] as const,
  );
  return [...named, ...refused].flatMap(([owner, fields]) => fields.map(({ path }) => `${owner} ${path}`));
}
