import { z } from 'zod';

import {
  text,
  optionalText,
  issuer,
  passwordHash,
  wholeNumber,
  names,
  sessionSecrets,
} from './config-values.ts';

/** Of sessions, roles and the ways to sign in. */
export const signInVariables = {
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
} as const;
