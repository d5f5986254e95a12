import { resolve } from 'node:path';

import { z } from 'zod';

import { givenVariables } from './config-files.ts';
import { variables } from './config-variables.ts';

type Names = keyof typeof variables;
type Schemas = { [N in Names]: (typeof variables)[N]['schema'] };

const schema = z.object(
  Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, variable.schema])) as Schemas,
);

/** Null: not configured. */
export type Config = {
  role: 'dashboard' | 'collector';
  port: number;
  /** Null: all addresses. */
  host: string | null;
  publicUrl: string | null;
  trustProxy: number;
  cycle: { socketPath: string; token: string | null; metadataPath: string; instanceId: string | null };
  scheduler: { url: string; addresses: string[]; accessKey: string | null };
  rerobots: { url: string; token: string | null };
  robotQuota: number | null;
  robotHistoryDays: number;
  /** Of blocks of telemetry and pictures of the topology together. */
  historyMaxBytes: number;
  ledgerRetentionDays: number;
  eventRetentionDays: number;
  platform: { url: string; apiKey: string | null; hubId: string | null; cacheMs: number };
  drainSeconds: number;
  streamsPerPerson: number;
  dataDir: string;
  databaseUrl: string | null;
  upgradeBackup: boolean;
  collect: { secret: string | null; to: string[]; spoolMb: number };
  /** The first seals; empty: not configured. */
  sessionSecrets: string[];
  sessionHours: number;
  sessionIdleHours: number;
  confirmWithinDays: number;
  vpnConfirmHours: number;
  audit: { retentionDays: number; webhookUrl: string | null };
  alertWebhook: AlertWebhook | null;
  adminUsers: string[];
  operatorUsers: string[];
  oidc: OidcConfig | null;
  breakGlass: { user: string; passwordHash: string } | null;
  passkeys: 'off' | 'second-factor' | 'alone';
  passkeysRequired: 'nobody' | 'admins' | 'everybody';
  /** `token` null: `/metrics` is off. */
  metrics: { token: string | null; instances: boolean };
  notice: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
};

/** The address and what it is signed with; none of it ever leaves but by being used. */
export type AlertWebhook = { url: string; secrets: readonly string[] };

export type OidcConfig = {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  label: string;
  scopes: string;
  nameClaim: string;
  groupsClaim: string;
  adminGroups: string[];
  operatorGroups: string[];
  confirmMinutes: number;
};

/** One message names every variable at fault and never holds a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const NO_SECRET =
  'SESSION_SECRET: expected with DATABASE_URL, as a key kept in the database would lie beside what it seals; make one with "openssl rand -base64 48". What a key of an earlier version in there has sealed is opened with it once and sealed anew.';

/**
 * An empty variable counts as absent.
 * @throws ConfigError listing every fault: the variable's name and what was expected.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const { given, faults } = givenVariables(env);
  const result = schema.safeParse(given);
  for (const { path, message } of result.error?.issues ?? []) faults.push(`${path.join('.')}: ${message}`);
  if (given['DATABASE_URL'] !== undefined && given['SESSION_SECRET'] === undefined) faults.push(NO_SECRET);
  if (!result.success || faults.length > 0) {
    throw new ConfigError(`The configuration has faults:\n${faults.map((each) => `  ${each}`).join('\n')}`);
  }
  const read = result.data;
  // Cycle sets this in every instance and puts one load balancer in front of it.
  const proxiesByDefault = env['CYCLE_INSTANCE_ID'] ? 1 : 0;
  return {
    role: read.CYCLORAMA_ROLE,
    port: read.PORT,
    host: read.HOST ?? null,
    publicUrl: read.PUBLIC_URL ?? null,
    trustProxy: read.TRUST_PROXY ?? proxiesByDefault,
    cycle: {
      socketPath: read.CYCLE_API_SOCKET,
      token: read.CYCLE_API_TOKEN ?? null,
      metadataPath: read.CYCLE_METADATA_FILE,
      // Set by Cycle in every instance, never by people.
      instanceId: env['CYCLE_INSTANCE_ID'] || null,
    },
    scheduler: {
      url: read.SCHEDULER_URL,
      addresses: read.SCHEDULER_ADDRESSES,
      accessKey: read.SCHEDULER_ACCESS_KEY ?? null,
    },
    rerobots: { url: read.REROBOTS_API_URL, token: read.REROBOTS_API_TOKEN ?? null },
    robotQuota: read.ROBOT_QUOTA ?? null,
    robotHistoryDays: read.ROBOT_HISTORY_DAYS,
    historyMaxBytes: read.HISTORY_MAX_MB * 1_048_576,
    ledgerRetentionDays: read.LEDGER_RETENTION_DAYS,
    eventRetentionDays: read.EVENT_RETENTION_DAYS,
    platform: {
      url: read.CYCLE_PLATFORM_URL,
      apiKey: read.CYCLE_PLATFORM_API_KEY ?? null,
      hubId: read.CYCLE_HUB_ID ?? null,
      cacheMs: read.CYCLE_PLATFORM_CACHE_SECONDS * 1_000,
    },
    drainSeconds: read.DRAIN_SECONDS,
    streamsPerPerson: read.STREAMS_PER_PERSON,
    dataDir: resolve(read.DATA_DIR),
    databaseUrl: read.DATABASE_URL ?? null,
    upgradeBackup: read.UPGRADE_BACKUP === 'on',
    collect: collectOf(read),
    sessionSecrets: read.SESSION_SECRET,
    sessionHours: read.SESSION_HOURS,
    sessionIdleHours: read.SESSION_IDLE_HOURS,
    confirmWithinDays: read.CONFIRM_WITHIN_DAYS,
    vpnConfirmHours: read.VPN_CONFIRM_HOURS,
    audit: {
      retentionDays: read.AUDIT_RETENTION_DAYS,
      webhookUrl: read.AUDIT_WEBHOOK_URL ?? null,
    },
    alertWebhook: alertWebhookOf(read),
    adminUsers: read.ADMIN_USERS,
    operatorUsers: read.OPERATOR_USERS,
    oidc: oidcOf(read),
    breakGlass: breakGlassOf(read),
    passkeys: read.PASSKEYS,
    passkeysRequired: passkeysRequiredOf(read),
    metrics: { token: read.METRICS_TOKEN ?? null, instances: read.METRICS_INSTANCES === 'on' },
    notice: read.NOTICE ?? null,
    logLevel: read.LOG_LEVEL,
  };
}

type Read = z.output<typeof schema>;

function collectOf(read: Read): Config['collect'] {
  const { CYCLORAMA_ROLE: role, COLLECT_SECRET: secret, COLLECT_TO: to } = read;
  if (role === 'collector') {
    if (to.length === 0) throw missing('COLLECT_TO', 'CYCLORAMA_ROLE', 'collector');
    if (secret === undefined) throw missing('COLLECT_SECRET', 'CYCLORAMA_ROLE', 'collector');
    if (read.CYCLE_API_TOKEN === undefined) throw missing('CYCLE_API_TOKEN', 'CYCLORAMA_ROLE', 'collector');
  }
  return { secret: secret ?? null, to, spoolMb: read.COLLECT_SPOOL_MB };
}

function alertWebhookOf({
  ALERT_WEBHOOK_URL: url,
  ALERT_WEBHOOK_SECRET: secrets,
}: Read): Config['alertWebhook'] {
  if (url === undefined) return null;
  if (secrets.length === 0) throw missing('ALERT_WEBHOOK_SECRET', 'ALERT_WEBHOOK_URL');
  return { url, secrets };
}

function oidcOf(read: Read): OidcConfig | null {
  if (read.OIDC_ISSUER === undefined) return null;
  if (read.OIDC_CLIENT_ID === undefined) throw missing('OIDC_CLIENT_ID', 'OIDC_ISSUER');
  if (read.PUBLIC_URL === undefined) throw missing('PUBLIC_URL', 'OIDC_ISSUER');
  return {
    issuer: read.OIDC_ISSUER,
    clientId: read.OIDC_CLIENT_ID,
    clientSecret: read.OIDC_CLIENT_SECRET ?? null,
    label: read.OIDC_LABEL,
    scopes: read.OIDC_SCOPES,
    nameClaim: read.OIDC_NAME_CLAIM,
    groupsClaim: read.OIDC_GROUPS_CLAIM,
    adminGroups: read.OIDC_ADMIN_GROUPS,
    operatorGroups: read.OIDC_OPERATOR_GROUPS,
    confirmMinutes: read.OIDC_CONFIRM_MINUTES,
  };
}

function breakGlassOf({ BREAK_GLASS_USER: user, BREAK_GLASS_PASSWORD_HASH: passwordHash }: Read) {
  if (user === undefined && passwordHash === undefined) return null;
  if (user === undefined) throw missing('BREAK_GLASS_USER', 'BREAK_GLASS_PASSWORD_HASH');
  if (passwordHash === undefined) throw missing('BREAK_GLASS_PASSWORD_HASH', 'BREAK_GLASS_USER');
  return { user, passwordHash };
}

function passkeysRequiredOf({ PASSKEYS: policy, PASSKEYS_REQUIRED: required, PUBLIC_URL: url }: Read) {
  if (required === 'nobody') return required;
  if (url === undefined) throw missing('PUBLIC_URL', 'PASSKEYS_REQUIRED');
  if (policy !== 'off') return required;
  throw new ConfigError(
    'The configuration has faults:\n  PASSKEYS_REQUIRED: expected nobody, since PASSKEYS is off',
  );
}

function missing(name: string, besides: string, value = 'set'): ConfigError {
  return new ConfigError(`The configuration has faults:\n  ${name}: expected, since ${besides} is ${value}`);
}
