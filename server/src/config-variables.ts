import { z } from 'zod';

import {
  text,
  optionalText,
  httpUrl,
  webhookUrl,
  publicUrl,
  issuer,
  passwordHash,
  wholeNumber,
  names,
  addresses,
  databaseUrl,
  sessionSecrets,
} from './config-values.ts';
import { collectVariables } from './config-variables-collect.ts';

type Variable = {
  schema: z.ZodType;
  doc: string;
  /** As the README shows it. */
  fallback: string;
  /** May be given as a file too: `NAME_FILE` holds its path. */
  secret?: true;
};

/** Of the variable that holds the path of a file in place of a secret. */
export const FILE_SUFFIX = '_FILE';

export const variables = {
  PORT: {
    schema: wholeNumber('a port number from 0 to 65535', 0, 65_535).default(8080),
    doc: 'Port the page and its API are served on.',
    fallback: '`8080`',
  },
  HOST: {
    schema: optionalText,
    doc: 'Address to listen on.',
    fallback: 'all, IPv6 and IPv4',
  },
  PUBLIC_URL: {
    schema: publicUrl.optional(),
    doc: 'Address people open, also one with a path; with https, cookies are Secure, HSTS is sent and rerobots may call back.',
    fallback: 'taken from each request',
  },
  TRUST_PROXY: {
    schema: wholeNumber('how many proxies are in front, from 0 to 10', 0, 10).optional(),
    doc: 'How many proxies stand in front, so that the client addresses they report are trusted.',
    fallback: '`1` inside a Cycle instance, else `0`',
  },
  DRAIN_SECONDS: {
    schema: wholeNumber('how many seconds, from 0 to 300', 0, 300).default(5),
    doc: 'How long a stopping server reports "not ready" and still serves, so that load balancers stop sending requests.',
    fallback: '`5`',
  },
  STREAMS_PER_PERSON: {
    schema: wholeNumber('how many streams, from 10 to 100000', 10, 100_000).default(1000),
    doc: 'How many event streams (open pages) a person may have at a time on one process; an access token a tenth.',
    fallback: '`1000`',
  },
  CYCLE_API_SOCKET: {
    schema: text('the path of a Unix socket').default('/var/run/cycle/api/api.sock'),
    doc: 'Unix socket of the Cycle internal API.',
    fallback: '`/var/run/cycle/api/api.sock`',
  },
  CYCLE_API_TOKEN: {
    schema: optionalText,
    doc: 'Token of the Cycle internal API; Cycle sets it in every instance.',
    fallback: 'Cycle is off',
    secret: true,
  },
  CYCLE_METADATA_FILE: {
    schema: text('the path of a file').default('/var/run/cycle/metadata/environment.json'),
    doc: 'File with the environment’s metadata, as Cycle mounts it into every instance.',
    fallback: '`/var/run/cycle/metadata/environment.json`',
  },
  SCHEDULER_URL: {
    schema: httpUrl.default('http://env-scheduler'),
    doc: "Address of the environment's function scheduler.",
    fallback: '`http://env-scheduler`',
  },
  SCHEDULER_ADDRESSES: {
    schema: addresses.default([]),
    doc: "IP addresses used in place of what SCHEDULER_URL's name resolves to, separated by commas.",
    fallback: 'resolved by DNS',
  },
  SCHEDULER_ACCESS_KEY: {
    schema: optionalText,
    doc: 'Access key of the scheduler.',
    fallback: 'functions are off',
    secret: true,
  },
  REROBOTS_API_URL: {
    schema: httpUrl.default('https://api.rerobots.net'),
    doc: 'Address of the rerobots API.',
    fallback: '`https://api.rerobots.net`',
  },
  REROBOTS_API_TOKEN: {
    schema: optionalText,
    doc: 'Token of the rerobots account the team shares.',
    fallback: 'robots are off',
    secret: true,
  },
  ROBOT_QUOTA: {
    schema: wholeNumber('how many bookings a person may have, from 1 to 1000', 1, 1000).optional(),
    doc: 'How many open bookings of robots, held or queued for, a person may have at a time; admins have no quota.',
    fallback: 'any number',
  },
  ROBOT_HISTORY_DAYS: {
    schema: wholeNumber('how many days, from 1 to 366', 1, 366).default(30),
    doc: 'For how many days queue lengths of robots are kept; wait forecasts are based on them.',
    fallback: '`30`',
  },
  CYCLE_PLATFORM_URL: {
    schema: httpUrl.default('https://api.cycle.io'),
    doc: "Address of Cycle's public API, used to follow jobs.",
    fallback: '`https://api.cycle.io`',
  },
  CYCLE_PLATFORM_API_KEY: {
    schema: optionalText,
    doc: "API key of Cycle's public API.",
    fallback: 'jobs are off',
    secret: true,
  },
  CYCLE_HUB_ID: {
    schema: optionalText,
    doc: "Hub to ask Cycle's public API about.",
    fallback: 'jobs are off',
  },
  CYCLE_PLATFORM_CACHE_SECONDS: {
    schema: wholeNumber('how many seconds, from 1 to 300', 1, 300).default(10),
    doc: "For how long one list of jobs from Cycle's public API answers all who ask.",
    fallback: '`10`',
  },
  DATA_DIR: {
    schema: text('the path of a folder').default('./.data'),
    doc: 'Folder of the SQLite file and of the generated session secret; keep it on a volume.',
    fallback: '`./.data`',
  },
  DATABASE_URL: {
    schema: databaseUrl.optional(),
    doc: 'PostgreSQL to use in place of the SQLite file; replicas share it.',
    fallback: 'the SQLite file',
    secret: true,
  },
  ...collectVariables,
  SESSION_SECRET: {
    schema: sessionSecrets.default([]),
    doc: 'Seals cookies and stored tokens; at least 32 characters, the same for all replicas. Several, separated by commas or lines: the first seals, all open.',
    fallback: 'generated once and kept in `DATA_DIR`; needed with `DATABASE_URL`',
    secret: true,
  },
  SESSION_HOURS: {
    schema: wholeNumber('how many hours, from 1 to 720', 1, 720).default(12),
    doc: 'How many hours after signing in a session ends, however much it is used.',
    fallback: '`12`',
  },
  SESSION_IDLE_HOURS: {
    schema: wholeNumber('how many hours, from 1 to 720', 1, 720).default(4),
    doc: 'After how many hours without use a session ends; an open page counts as use.',
    fallback: '`4`',
  },
  CONFIRM_WITHIN_DAYS: {
    schema: wholeNumber('how many days, from 1 to 366', 1, 366).default(30),
    doc: 'For how many days a sign-in vouches for a person: after that their access tokens wait until they sign in again.',
    fallback: '`30`',
  },
  VPN_CONFIRM_HOURS: {
    schema: wholeNumber('how many hours, from 1 to 720', 1, 720).default(24),
    doc: 'After the VPN accounts changed, how many hours access tokens go on until their owners have signed in again; sessions go on for one hour.',
    fallback: '`24`',
  },
  AUDIT_RETENTION_DAYS: {
    schema: wholeNumber('how many days, from 30 to 3650', 30, 3650).default(400),
    doc: 'For how many days what is on record is kept; what is removed leaves a signed summary.',
    fallback: '`400`',
  },
  AUDIT_WEBHOOK_URL: {
    schema: webhookUrl.optional(),
    doc: 'Where the signed head of the record is sent every ten minutes; https, or http on this machine.',
    fallback: 'it is only logged and shown to admins',
    secret: true,
  },
  ADMIN_USERS: {
    schema: names.default([]),
    doc: 'VPN accounts that are admins, separated by commas.',
    fallback: 'nobody',
  },
  OPERATOR_USERS: {
    schema: names.default([]),
    doc: 'VPN accounts that may change things, separated by commas; everyone else has view-only access.',
    fallback: 'nobody',
  },
  OIDC_ISSUER: {
    schema: issuer.optional(),
    doc: 'Address of an OpenID Connect provider people can sign in with; needs OIDC_CLIENT_ID and PUBLIC_URL.',
    fallback: 'not offered',
  },
  OIDC_CLIENT_ID: {
    schema: optionalText,
    doc: 'Client id at the provider; its redirect URI is PUBLIC_URL followed by `/api/sign-in/oidc/callback`.',
    fallback: 'none',
  },
  OIDC_CLIENT_SECRET: {
    schema: optionalText,
    doc: 'Client secret at the provider.',
    fallback: 'a public client, with PKCE only',
    secret: true,
  },
  OIDC_LABEL: {
    schema: z.string().max(40, 'expected at most 40 characters').default('single sign-on'),
    doc: 'Name of the provider on the page, after “Sign in with”.',
    fallback: '`single sign-on`',
  },
  OIDC_SCOPES: {
    schema: z
      .string()
      .refine((scopes) => scopes.split(' ').includes('openid'), 'expected scopes with openid among them')
      .default('openid profile email'),
    doc: 'Scopes asked for, separated by spaces; with `offline_access` access tokens outlast a sign-out at the provider.',
    fallback: '`openid profile email`',
  },
  OIDC_NAME_CLAIM: {
    schema: text('the name of a claim').default('preferred_username'),
    doc: "Claim with a person's name here; the mail address stands in where it is missing.",
    fallback: '`preferred_username`',
  },
  OIDC_GROUPS_CLAIM: {
    schema: text('the name of a claim').default('groups'),
    doc: "Claim with a person's groups; dots lead into objects, as in `realm_access.roles`.",
    fallback: '`groups`',
  },
  OIDC_ADMIN_GROUPS: {
    schema: names.default([]),
    doc: 'Groups of the provider that are admins, separated by commas.',
    fallback: 'no group',
  },
  OIDC_OPERATOR_GROUPS: {
    schema: names.default([]),
    doc: 'Groups of the provider that may change things, separated by commas.',
    fallback: 'no group',
  },
  OIDC_CONFIRM_MINUTES: {
    schema: wholeNumber('how many minutes, from 1 to 1440', 1, 1440).default(15),
    doc: 'How often the provider is asked at most whether a person whose session or access token is in use still has an account.',
    fallback: '`15`',
  },
  BREAK_GLASS_USER: {
    schema: optionalText,
    doc: 'Name of one admin who can sign in while Cycle, the sign-in provider and the store are down.',
    fallback: 'nobody',
  },
  BREAK_GLASS_PASSWORD_HASH: {
    schema: passwordHash.optional(),
    doc: 'Hash of that admin’s password, as `npm run hash-password` prints it.',
    fallback: 'nobody',
    secret: true,
  },
  PASSKEYS: {
    schema: z
      .enum(['off', 'second-factor', 'alone'], { error: 'expected off, second-factor or alone' })
      .default('second-factor'),
    doc: 'Passkeys: `off`, `second-factor` (whoever has one is asked for it after the password) or `alone` (one that verifies its user also signs in without a password).',
    fallback: '`second-factor`',
  },
  PASSKEYS_REQUIRED: {
    schema: z
      .enum(['nobody', 'admins', 'everybody'], { error: 'expected nobody, admins or everybody' })
      .default('nobody'),
    doc: 'Who of the VPN accounts must use a passkey besides the password: `nobody`, `admins` or `everybody`. Whoever has none adds one at the next sign-in. Needs `PUBLIC_URL`.',
    fallback: '`nobody`',
  },
  NOTICE: {
    schema: z.string().max(300, 'expected at most 300 characters').optional(),
    doc: 'A line shown on every page.',
    fallback: 'none',
  },
  LOG_LEVEL: {
    schema: z
      .enum(['debug', 'info', 'warn', 'error'], { error: 'expected debug, info, warn or error' })
      .default('info'),
    doc: 'Lowest level logged: `debug`, `info`, `warn` or `error`.',
    fallback: '`info`',
  },
} as const satisfies Record<string, Variable>;

export function configurationTable(): string {
  const rows = Object.entries(variables).map(
    ([name, { doc, fallback, secret }]: [string, Variable]) =>
      `| \`${name}\`${secret ? `, \`${name}${FILE_SUFFIX}\`` : ''} | ${doc} | ${fallback} |`,
  );
  return ['| Variable | What it is for | When absent |', '| --- | --- | --- |', ...rows].join('\n');
}
