import { paths } from '@cyclorama/shared/paths.ts';
import type { Kysely } from 'kysely';

import { createSealedCookie } from '../../../http/sealed-cookie.ts';
import { createSessionCookie } from '../../../http/session-cookie.ts';
import type { Fingerprints } from '../../../lib/idempotency.ts';
import { createSecretBox } from '../../../lib/secret-box.ts';
import type { Service } from '../../../lib/service.ts';
import type { Database } from '../../../store/schema.ts';
import type { FeatureContext } from '../../context.ts';
import type { Counters } from '../counters.ts';
import type { OpenSession, SignedInBy } from '../way.ts';
import { createOidcGrants } from './grants.ts';
import { roleOfGroups } from './identity.rules.ts';
import { createProviderLimit } from './limit.ts';
import { createOidcProvider } from './provider.ts';
import { keptIdToken, oidcRouter, pendingSignIn } from './routes.ts';

const MINUTE_MS = 60_000;
/** How long somebody may take at the provider. */
const PENDING_MS = 15 * 60_000;

export type OidcSessions = {
  open: OpenSession;
  accountChanges: {
    /** The provider still knows the person, with this role. */
    vouch(who: SignedInBy): Promise<unknown>;
    /** Stops the person's sessions and access tokens. */
    personGone(name: string, isStill: (within: Kysely<Database>) => Promise<boolean>): Promise<void>;
  };
};

type Needs = {
  sessions: OidcSessions;
  /** How often to look whom to ask about. */
  pollMs: number;
  counters: Counters;
  fingerprint: (parts: string[]) => Fingerprints;
};

/** Signing in with OpenID Connect; null where no provider is configured. */
export function oidcParts(
  context: FeatureContext,
  { sessions: { open, accountChanges }, pollMs, ...counting }: Needs,
): { grants: Service; router: ReturnType<typeof oidcRouter> } | null {
  const { config, db, secrets, clock, logger } = context;
  const { oidc, publicUrl } = config;
  if (oidc === null || publicUrl === null) return null;
  const redirectUri = publicUrl + paths.signInOidcCallback();
  const provider = createOidcProvider({ ...oidc, redirectUri }, clock);
  const grants = createOidcGrants({
    db,
    box: createSecretBox(secrets, 'oidc refresh tokens'),
    provider,
    clock,
    logger,
    issuer: oidc.issuer,
    confirmMs: oidc.confirmMinutes * MINUTE_MS,
    pollMs,
    onConfirmed: (name, subject, groups) =>
      accountChanges.vouch({ name, way: 'oidc', subject, role: roleOfGroups(groups, oidc) }),
    onGone: (name, isStill) => accountChanges.personGone(name, isStill),
  });
  const router = oidcRouter({
    provider,
    grants,
    limit: createProviderLimit(counting),
    publicUrl,
    logger,
    open,
    pending: createSealedCookie({
      cookie: createSessionCookie({ secrets, publicUrl, suffix: '-sign-in' }),
      box: createSecretBox(secrets, 'sign-in at the provider'),
      content: pendingSignIn,
      keptMs: PENDING_MS,
      clock,
    }),
    idTokens: createSealedCookie({
      cookie: createSessionCookie({ secrets, publicUrl, suffix: '-id-token' }),
      box: createSecretBox(secrets, 'id tokens of the provider'),
      content: keptIdToken,
      keptMs: config.sessionHours * 60 * MINUTE_MS,
      clock,
    }),
    whoIs: ({ identity: { name, subject, groups }, authenticatedAt }) => ({
      way: 'oidc',
      name,
      subject,
      role: roleOfGroups(groups, oidc),
      authenticatedAt,
    }),
  });
  return { grants, router };
}
