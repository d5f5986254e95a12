import { z } from 'zod';

import {
  text,
  optionalText,
  httpUrl,
  webhookUrl,
  publicUrl,
  wholeNumber,
  addresses,
} from './config-values.ts';
import { alertVariables } from './config-variables-alerts.ts';
import { collectVariables } from './config-variables-collect.ts';
import { metricsVariables } from './config-variables-metrics.ts';
import { signInVariables } from './config-variables-sign-in.ts';
import { storeVariables } from './config-variables-store.ts';

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
    doc: "API key of Cycle's public API, for jobs and logs (`docs/operations.md`).",
    fallback: 'jobs and logs are off',
    secret: true,
  },
  CYCLE_HUB_ID: {
    schema: optionalText,
    doc: "Hub to ask Cycle's public API about.",
    fallback: 'jobs and logs are off',
  },
  CYCLE_PLATFORM_CACHE_SECONDS: {
    schema: wholeNumber('how many seconds, from 1 to 300', 1, 300).default(10),
    doc: "For how long one list of jobs from Cycle's public API answers all who ask.",
    fallback: '`10`',
  },
  ...storeVariables,
  ...collectVariables,
  ...signInVariables,
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
  ...alertVariables,
  ...metricsVariables,
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
