import { paths } from '@cyclorama/shared/paths.ts';

import { createSealedCookie } from '../../../http/sealed-cookie.ts';
import { createSessionCookie } from '../../../http/session-cookie.ts';
import { createSecretBox } from '../../../lib/secret-box.ts';
import type { FeatureContext } from '../../context.ts';
import type { OpenSession } from '../way.ts';
import { roleOfGroups } from './identity.rules.ts';
import { createOidcProvider } from './provider.ts';
import { oidcRouter, pendingSignIn } from './routes.ts';

/** How long somebody may take at the provider. */
const PENDING_MS = 15 * 60_000;

/** Signing in with OpenID Connect; null where no provider is configured. */
export function oidcParts(context: FeatureContext, open: OpenSession): ReturnType<typeof oidcRouter> | null {
  const { config, secrets, clock, logger } = context;
  const { oidc, publicUrl } = config;
  if (oidc === null || publicUrl === null) return null;
  const redirectUri = publicUrl + paths.signInOidcCallback();
  const provider = createOidcProvider({ ...oidc, redirectUri }, clock);
  return oidcRouter({
    provider,
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
    whoIs: ({ identity: { name, subject, groups } }) => ({
      way: 'oidc',
      name,
      subject,
      role: roleOfGroups(groups, oidc),
    }),
  });
}
