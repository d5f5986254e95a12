import { z } from 'zod';

type Variable = {
  schema: z.ZodType;
  doc: string;
  /** As the README shows it. */
  fallback: string;
};

const text = (expected: string) => z.string({ error: `expected ${expected}` }).min(1, `expected ${expected}`);
const optionalText = text('text').optional();

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'expected an address starting with http:// or https://' })
  .refine(
    (value) => !URL.canParse(value) || new URL(value).username === '',
    'expected no user name in the address',
  );

/** Without a trailing slash. Its path may be written into the page and a cookie as it is. */
const publicUrl = httpUrl.transform((value, context) => {
  const { origin, pathname, search, hash } = new URL(value);
  const plain = /^(\/[\w.~-]+)*\/?$/.test(pathname) && search === '' && hash === '';
  // Below these a proxy that strips the path could not be distinguished from one that keeps it.
  if (plain && !/^\/(api|assets)(\/|$)/.test(pathname)) return (origin + pathname).replace(/\/$/, '');
  context.addIssue({
    code: 'custom',
    message:
      'expected a path of letters, digits and . _ ~ - that does not begin with /api or /assets, and no query',
  });
  return z.NEVER;
});

const wholeNumber = (expected: string, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected ${expected}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `expected ${expected}`);

const names = z.string().transform((list) =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);

const addresses = names.refine(
  (list) => list.every((address) => z.union([z.ipv4(), z.ipv6()]).safeParse(address).success),
  'expected IP addresses separated by commas',
);

const databaseUrl = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
    'expected postgres://user:password@host:port/database',
  );

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
  CYCLE_API_SOCKET: {
    schema: text('the path of a Unix socket').default('/var/run/cycle/api/api.sock'),
    doc: 'Unix socket of the Cycle internal API.',
    fallback: '`/var/run/cycle/api/api.sock`',
  },
  CYCLE_API_TOKEN: {
    schema: optionalText,
    doc: 'Token of the Cycle internal API; Cycle sets it in every instance.',
    fallback: 'Cycle is off',
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
  },
  CYCLE_HUB_ID: {
    schema: optionalText,
    doc: "Hub to ask Cycle's public API about.",
    fallback: 'jobs are off',
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
  },
  SESSION_SECRET: {
    schema: z.string().min(32, 'expected at least 32 characters').optional(),
    doc: 'Seals cookies and stored tokens; at least 32 characters, the same for all replicas.',
    fallback: 'generated once and kept with the data',
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
  ADMIN_USERS: {
    schema: names.default([]),
    doc: 'VPN accounts that are administrators, separated by commas.',
    fallback: 'nobody',
  },
  OPERATOR_USERS: {
    schema: names.default([]),
    doc: 'VPN accounts that may change things, separated by commas; everyone else has view-only access.',
    fallback: 'nobody',
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
    ([name, { doc, fallback }]) => `| \`${name}\` | ${doc} | ${fallback} |`,
  );
  return ['| Variable | What it is for | When absent |', '| --- | --- | --- |', ...rows].join('\n');
}
