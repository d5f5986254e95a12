import type { SignInOffer } from '@cyclorama/shared/session.ts';

import type { FeatureOffering } from '../../http/feature.ts';
import { createSealedCookie } from '../../http/sealed-cookie.ts';
import { createSessionCookie } from '../../http/session-cookie.ts';
import { createFingerprints } from '../../lib/idempotency.ts';
import { createSecretBox } from '../../lib/secret-box.ts';
import { createTypedNames } from '../../lib/typed-names.ts';
import type { FeatureContext } from '../context.ts';
import { breakGlassWay } from './break-glass.ts';
import { createCounters } from './counters.ts';
import { createDeviceNames, knownDevice } from './devices.ts';
import { createSignInLimit } from './limit.ts';
import { oidcParts } from './oidc/parts.ts';
import type { OidcSessions } from './oidc/parts.ts';
import { oidcOperations } from './oidc/routes.ts';
import { passwordCheck, passwordOperations, passwordRouter } from './routes.ts';
import type { AskAfterPassword } from './routes.ts';
import { createPasswordSignIn } from './service.ts';
import { createTries } from './tries.ts';
import { vpnCheckRoutes } from './vpn-check.routes.ts';
import { createVpnCheck } from './vpn-check.ts';
import { vpnWay } from './vpn.ts';

const DEVICE_KEPT_MS = 180 * 86_400_000;

type Needs = {
  sessions: OidcSessions;
  /** How often to look whom the sign-in provider is to be asked about. */
  pollMs?: number | undefined;
  askAfterPassword: AskAfterPassword;
};

type Offers = { offer: SignInOffer; checkPassword: ReturnType<typeof passwordCheck> };

export function signInFeature(
  context: FeatureContext,
  { sessions, pollMs = 30_000, askAfterPassword }: Needs,
): FeatureOffering<Offers> {
  const { config, secrets, singleProcess, clock, logger, record, cycle } = context;
  const { publicUrl } = config;
  const fingerprint = createFingerprints(secrets, 'sign-in');
  const tries = createTries({ ...context, engine: singleProcess ? 'sqlite' : 'postgres' });
  const counters = createCounters({ tries, clock });
  const vpn = vpnWay(cycle);
  const limit = createSignInLimit({ tries, counters, fingerprint });
  const typedName = createTypedNames(secrets[0]);
  const ways = [...(config.breakGlass === null ? [] : [breakGlassWay(config.breakGlass)]), vpn];
  const passwords = createPasswordSignIn({
    ways,
    limit,
    typedName,
    record,
    logger,
  });
  const deviceCookie = createSealedCookie({
    cookie: createSessionCookie({ secrets, publicUrl, suffix: '-device' }),
    box: createSecretBox(secrets, 'sign-in devices'),
    content: knownDevice,
    keptMs: DEVICE_KEPT_MS,
    clock,
  });
  const checks = { passwords, deviceCookie, deviceNames: createDeviceNames(fingerprint) };
  const oidc = oidcParts(context, { sessions, pollMs, counters, fingerprint });
  return {
    services: oidc === null ? [tries] : [tries, oidc.grants],
    routes: vpnCheckRoutes(createVpnCheck({ vpn, limit, typedName, carryOut: context.carryOut })),
    storelessRouters: [
      () => passwordRouter({ ...checks, open: sessions.open, askAfterPassword, publicUrl }),
      ...(oidc === null ? [] : [() => oidc.router]),
    ],
    routerOperations: oidc === null ? passwordOperations : [...passwordOperations, ...oidcOperations],
    offers: {
      offer: {
        password: cycle !== null || config.breakGlass !== null,
        oidc: config.oidc?.label ?? null,
        passkey: config.passkeys === 'alone',
      },
      checkPassword: passwordCheck(checks),
    },
  };
}
