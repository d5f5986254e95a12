import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import type { Operation } from './operations.ts';
import { hostileValues, pick } from './values.ts';
import type { Random, Sample } from './values.ts';

export type Body = { bytes: Buffer; headers: Record<string, string>; what: string };

const json = { 'content-type': 'application/json' };
const KINDS = [
  'valid',
  'valid',
  'one wrong',
  'one wrong',
  'other',
  'text',
  'deep',
  'huge',
  'encoded',
  'type',
] as const;

export function bodyOf({ body }: Operation, sample: Sample, random: Random): Body {
  const kind = pick(KINDS, random);
  const valid = body === null ? undefined : sample(body, random);
  const text = JSON.stringify(valid) ?? '';
  const of = (content: string | Buffer, headers: Record<string, string> = json): Body => ({
    bytes: Buffer.from(content as string),
    headers,
    what: kind,
  });
  switch (kind) {
    case 'valid':
      return text === '' ? of('', {}) : of(text);
    case 'one wrong':
      return of(JSON.stringify(withOneWrong(valid, random)));
    case 'other':
      return of(JSON.stringify(pick(hostileValues, random)) ?? 'null');
    case 'text':
      return of(pick(brokenTexts, random));
    case 'deep':
      return of('['.repeat(20_000) + ']'.repeat(20_000));
    case 'huge':
      return of(Buffer.alloc(pick([262_144, 262_145, 1_000_000, 3_000_000], random), ' '));
    case 'encoded':
      return encoded(Buffer.from(text || '{}'), random);
    case 'type':
      break;
  }
  return of(text || '{}', { 'content-type': pick(contentTypes, random) });
}

function withOneWrong(valid: unknown, random: Random): unknown {
  if (typeof valid !== 'object' || valid === null) return pick(hostileValues, random);
  const names = [...Object.keys(valid), '__proto__', 'constructor', 'extra'];
  const entries = [...Object.entries(valid), [pick(names, random), pick(hostileValues, random)] as const];
  return Object.fromEntries(entries);
}

/** Duplicate keys, prototypes, comments, byte order marks, half characters, numbers that are none. */
const brokenTexts: readonly Buffer[] = [
  '{"a":1,"a":2}',
  '{"__proto__":{"role":"admin"},"constructor":{"prototype":{"x":1}}}',
  '{"containerId":"x","containerId":null}',
  '{',
  '{"a":}',
  '[1,]',
  '/* */ {}',
  'NaN',
  '-',
  '1e999',
  '"\\ud800"',
  '{"\\u0000":1}',
  '\uFEFF{}',
  'a=1&b=2',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
]
  .map((text) => Buffer.from(text))
  .concat(Buffer.from([0xff, 0xfe, 0x7b, 0x7d]), Buffer.from([0x22, 0xc3, 0x28, 0x22]));

const contentTypes: readonly string[] = [
  'text/plain',
  'application/json; charset=utf-16',
  'application/json;charset="\u00e9"',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json, text/html',
  '',
  ';',
];

function encoded(plain: Buffer, random: Random): Body {
  const bomb = (): Buffer => gzipSync(Buffer.alloc(20_000_000));
  const [encoding, bytes] = pick<() => [string, Buffer]>(
    [
      () => ['gzip', gzipSync(plain)],
      () => ['br', brotliCompressSync(plain)],
      () => ['deflate', deflateSync(plain)],
      () => ['gzip', plain],
      () => ['br', plain],
      () => ['deflate', plain],
      () => ['gzip', gzipSync(plain).subarray(0, 12)],
      () => ['gzip', Buffer.concat([gzipSync(plain), Buffer.from('rest')])],
      () => ['br', Buffer.alloc(0)],
      () => ['gzip', bomb()],
      () => ['gzip, br', brotliCompressSync(gzipSync(plain))],
      () => ['zstd', plain],
      () => ['__proto__', plain],
      () => ['identity', plain],
    ],
    random,
  )();
  return { bytes, headers: { ...json, 'content-encoding': encoding }, what: `encoded ${encoding}` };
}
