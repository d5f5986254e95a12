import type { SignInOffer } from '@cyclorama/shared/session.ts';
import { sql } from 'kysely';

import type { FeatureOffering } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { aboutOperations, aboutRouter } from './routes.ts';
import { createAboutService } from './service.ts';
import type { AboutService } from './service.ts';

export function aboutFeature(
  { config, version, db, health, storeHealth, clock }: FeatureContext,
  { signIn }: { signIn: SignInOffer },
): FeatureOffering<Pick<AboutService, 'leave'>> {
  const about = createAboutService({
    version,
    notice: config.notice,
    publicUrl: config.publicUrl,
    signIn,
    storeFault: () => storeHealth.fault,
    pingStore: () => sql`select 1`.execute(db),
    cycle: health.cycle,
    clock,
  });
  return { storelessRouters: [() => aboutRouter(about)], routerOperations: aboutOperations, offers: about };
}
