import { randomBytes } from 'node:crypto';

import type { FeatureOffering } from '../../http/feature.ts';
import { createSecretBox } from '../../lib/secret-box.ts';
import { DAY_MS } from '../../store/retention/kept.ts';
import { pruneClaimBatches, pruneClaims } from '../../store/retention/ledgers.ts';
import { createSchedulerClient } from '../../upstream/scheduler/client.ts';
import type { FeatureContext } from '../context.ts';
import { claimDownloads } from './claims/routes.ts';
import { createClaimsService } from './claims/service.ts';
import type { ClaimsService } from './claims/service.ts';
import type { FunctionDirectory } from './function-directory.ts';
import { createFunctionsService } from './pools/service.ts';
import type { FunctionsService } from './pools/service.ts';
import { functionRoutes } from './routes.ts';

export function functionsFeature(
  { config, secrets, health, ...context }: FeatureContext,
  { directory }: { directory: FunctionDirectory },
): FeatureOffering<Pick<ClaimsService, 'numbers'> & { pools: FunctionsService['list'] }> {
  const { db, logger, clock, hub } = context;
  const keptMs = config.ledgerRetentionDays * DAY_MS;
  const scheduler = createSchedulerClient({ ...config.scheduler, health: health.scheduler, logger, clock });
  const claims = createClaimsService({
    ...context,
    scheduler,
    directory,
    box: createSecretBox(secrets, 'claims'),
    newToken: () => randomBytes(32).toString('base64url'),
    processId: hub.epoch,
  });
  const functions = createFunctionsService({
    directory,
    openClaims: claims.openClaims,
    shardCount: () => scheduler.shardCount,
  });
  const { replicas } = context;
  replicas.reads('claim', async (ids) =>
    (await claims.reread(ids)).map((claim) => ({ type: 'claim', claim })),
  );
  replicas.reads('claim-batch', async (ids) =>
    (await claims.batches.reread(ids)).map((batch) => ({ type: 'claim-batch', batch })),
  );
  return {
    services: [{ stop: () => scheduler.close() }, claims],
    sweeps: [
      { what: 'claims', run: (now, isWanted) => pruneClaims(db, now - keptMs, isWanted) },
      { what: 'batches of claims', run: (now, isWanted) => pruneClaimBatches(db, now - keptMs, isWanted) },
    ],
    routes: functionRoutes(functions, claims),
    downloads: claimDownloads(claims, clock),
    offers: { ...claims, pools: () => functions.list() },
  };
}
