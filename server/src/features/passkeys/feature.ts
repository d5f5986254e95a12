import type { FeatureOffering } from '../../http/feature.ts';
import { createSessionCookie } from '../../http/session-cookie.ts';
import type { FeatureContext } from '../context.ts';
import { createChallenges } from './challenges.ts';
import { confirmOperations, confirmRouter } from './confirm/routes.ts';
import type { ConfirmDeps } from './confirm/routes.ts';
import { passkeyRoutes } from './routes.ts';
import { createPasskeysService } from './service.ts';
import { askAfterPassword, passkeySignInOperations, passkeySignInRouter } from './sign-in/routes.ts';
import type { SignInDeps } from './sign-in/routes.ts';

type Needs = Pick<ConfirmDeps, 'checkPassword' | 'confirm'> & Pick<SignInDeps, 'open'>;

type Offers = {
  /** For whom the password has been right; null where that suffices. */
  askAfterPassword: ReturnType<typeof askAfterPassword>;
};

export function passkeysFeature(context: FeatureContext, needs: Needs): FeatureOffering<Offers> {
  const { config, secrets, record, putOnRecord } = context;
  const { publicUrl } = config;
  const passkeys = createPasskeysService({
    ...context,
    policy: config.passkeys,
    required: config.passkeysRequired,
    challenges: createChallenges(context),
  });
  const cookie = createSessionCookie({ secrets, publicUrl, suffix: '-passkey' });
  const shared = { ...needs, passkeys, publicUrl, record, putOnRecord, cookie };
  return {
    routes: passkeyRoutes(passkeys, publicUrl),
    routers: [(gate) => confirmRouter({ ...shared, gate }), () => passkeySignInRouter(shared)],
    routerOperations: [...confirmOperations, ...passkeySignInOperations],
    offers: { askAfterPassword: askAfterPassword(shared) },
  };
}
