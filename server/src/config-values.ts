import { z } from 'zod';

import { isPasswordHash } from './lib/password-hash.ts';
import { isThisMachine } from './lib/this-machine.ts';

export const text = (expected: string) =>
  z.string({ error: `expected ${expected}` }).min(1, `expected ${expected}`);
export const optionalText = text('text').optional();

export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'expected an address starting with http:// or https://' })
  .refine(
    (value) => !URL.canParse(value) || new URL(value).username === '',
    'expected no user name in the address',
  );

export const httpUrls = z
  .string()
  .transform((list) => list.split(',').map((each) => each.trim().replace(/\/+$/, '')))
  .pipe(z.array(httpUrl));

export const webhookUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && isPrivateWay(new URL(value)),
    'expected an address starting with https://, or http:// on this machine',
  );

/** As Standard Webhooks writes them. */
export const webhookSecrets = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter((secret) => secret !== ''))
  .refine(
    (list) =>
      list.length > 0 &&
      list.every((secret) => {
        if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return false;
        const { length } = Buffer.from(secret.slice('whsec_'.length), 'base64');
        return length >= 24 && length <= 64;
      }),
    'expected whsec_ followed by 24 to 64 bytes in Base64, as `openssl rand -base64 32` makes them',
  );

function isPrivateWay({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname));
}

/** Without a trailing slash. Its path may be written into the page and a cookie as it is. */
export const publicUrl = httpUrl.transform((value, context) => {
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

/** Without TLS the provider's answers could be anybody's, so plain http is for this very machine. */
export const issuer = httpUrl.refine((value) => {
  if (!URL.canParse(value)) return true;
  const { protocol, hostname, search, hash } = new URL(value);
  const isLocal = isThisMachine(hostname);
  return (protocol === 'https:' || isLocal) && search === '' && hash === '';
}, 'expected an address starting with https://, without a query');

export const passwordHash = z
  .string()
  .refine(isPasswordHash, 'expected what `npm run hash-password` prints, in quotes where a shell reads it');

export const wholeNumber = (expected: string, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected ${expected}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `expected ${expected}`);

export const names = z.string().transform((list) =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);

export const addresses = names.refine(
  (list) => list.every((address) => z.union([z.ipv4(), z.ipv6()]).safeParse(address).success),
  'expected IP addresses separated by commas',
);

export const databaseUrl = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
    'expected postgres://user:password@host:port/database',
  );

export const sessionSecrets = z
  .string()
  .transform((list) =>
    list
      .split(/[,\n]/)
      .map((secret) => secret.trim())
      .filter((secret) => secret !== ''),
  )
  .refine(
    (list) => list.length > 0 && list.every((secret) => secret.length >= 32),
    'expected at least 32 characters, without a comma; several are separated by commas or lines',
  );
