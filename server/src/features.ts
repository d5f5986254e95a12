import { randomUUIDv7 } from 'node:crypto';

import type { SignInAnswer } from '@cyclorama/shared/session.ts';

import type { Config } from './config.ts';
import { aboutFeature } from './features/about/feature.ts';
import { accessTokensFeature } from './features/access-tokens/feature.ts';
import { activityFeature } from './features/activity/feature.ts';
import { alertsFeature } from './features/alerts/feature.ts';
import { apiDocumentFeature } from './features/api-document/feature.ts';
import { collectorsFeature } from './features/collectors/feature.ts';
import type { BaseContext, FeatureContext } from './features/context.ts';
import { environmentFeature } from './features/environment/feature.ts';
import type { OverviewNumbers } from './features/environment/overview/service.ts';
import { functionsFeature } from './features/functions/feature.ts';
import { historyFeature } from './features/history/feature.ts';
import { jobsFeature } from './features/jobs/feature.ts';
import { keysFeature } from './features/keys/feature.ts';
import { metricsFeature } from './features/metrics/feature.ts';
import { monitoringFeature } from './features/monitoring/feature.ts';
import { notificationsFeature } from './features/notifications/feature.ts';
import { objectCacheFeature } from './features/object-cache/feature.ts';
import { outputFeature } from './features/output/feature.ts';
import { passkeysFeature } from './features/passkeys/feature.ts';
import { proxyFeature } from './features/proxy/feature.ts';
import { createReplicas, noReplicas } from './features/replicas.ts';
import { requestKeysFeature } from './features/request-keys/feature.ts';
import { createRetention } from './features/retention.ts';
import { robotsFeature } from './features/robots/feature.ts';
import { sessionFeature } from './features/session/feature.ts';
import { settingsFeature } from './features/settings/feature.ts';
import { signInFeature } from './features/sign-in/feature.ts';
import { teamFeature } from './features/team/feature.ts';
import { telemetryFeature } from './features/telemetry/feature.ts';
import type { Reading } from './features/telemetry/freshness.ts';
import type { Ingest } from './features/telemetry/ingest.ts';
import { timelineFeature } from './features/timeline/feature.ts';
import { upstreamsFeature } from './features/upstreams/feature.ts';
import { variablesFeature } from './features/variables/feature.ts';
import { viewsFeature } from './features/views/feature.ts';
import type { Feature } from './http/feature.ts';
import type { Clock } from './lib/clock.ts';
import type { AppError } from './lib/errors.ts';
import { createEventHub } from './lib/event-hub.ts';
import { createFingerprints } from './lib/idempotency.ts';
import type { Logger } from './lib/logger.ts';
import type { Secrets } from './lib/secret-box.ts';
import type { Store } from './store/database.ts';
import { storeUnavailable } from './store/health.ts';
import { createPostgresLeader, soleLeader } from './store/leader.ts';
import { shrink } from './store/retention/shrink.ts';

type Options = {
  config: Config;
  store: Store;
  secrets: Secrets;
  /** True where the last of them still lies in the database. */
  secretInDatabase?: boolean;
  version: string;
  clock: Clock;
  logger: Logger;
  proxyDeadlineMs?: number;
  oidcPollMs?: number;
};

export type Features = ReturnType<typeof createFeatures>;

export function createFeatures({
  store,
  proxyDeadlineMs,
  oidcPollMs,
  secretInDatabase = false,
  ...options
}: Options) {
  const { db, commit, engine, health: storeHealth } = store;
  const singleProcess = engine === 'sqlite';
  const hub = createEventHub();
  const session = store.openSession();
  const leader =
    session === null
      ? soleLeader
      : createPostgresLeader({ session, processId: hub.epoch, logger: options.logger });
  const replicas =
    session === null ? noReplicas : createReplicas({ session, db, hub, logger: options.logger });
  const base: BaseContext = {
    ...options,
    db,
    commit,
    storeHealth,
    singleProcess,
    leader,
    replicas,
    hub,
    newId: randomUUIDv7,
  };
  storeHealth.onChange((fault) =>
    hub.publish({ type: 'store', fault: fault && { message: fault.message, hint: fault.hint } }),
  );
  const all: Feature[] = [];
  const add = <F extends Feature>(feature: F): F => {
    all.push(feature);
    return feature;
  };

  const { offers: upstreams } = add(upstreamsFeature(base));
  const { offers: activity } = add(activityFeature(base));
  const { offers: requestKeys } = add(requestKeysFeature(base));
  const context: FeatureContext = { ...base, ...upstreams, ...activity, callOnce: requestKeys.callOnce };
  const { offers: sessions } = add(sessionFeature(context));
  const { offers: accessTokens } = add(accessTokensFeature(context, sessions));
  const { offers: signIn } = add(
    signInFeature(context, {
      sessions,
      pollMs: oidcPollMs,
      askAfterPassword: (...asked): Promise<SignInAnswer | null> => passkeys.askAfterPassword(...asked),
    }),
  );
  const { offers: passkeys } = add(passkeysFeature(context, { ...sessions, ...signIn }));
  const { offers: about } = add(aboutFeature(context, { signIn: signIn.offer }));
  add(teamFeature(context, { sessions, accessTokens }));
  const { offers: environment } = add(
    environmentFeature(context, {
      activity,
      upstreams: upstreams.list,
      onVpnAccountsChanged: sessions.accountChanges.vpnAccountsChanged,
      // A function: the features listed below exist only once all are built.
      numbers: (): OverviewNumbers => ({ claims: functions.numbers(), robots: robots.numbers() }),
    }),
  );
  const { offers: history } = add(historyFeature(context, environment.topology));
  const { offers: jobs } = add(jobsFeature(context));
  add(variablesFeature(context, { ...environment, ...jobs }));
  add(settingsFeature(context, { ...environment, ...jobs }));
  add(outputFeature(context, { ...environment, ...jobs }));
  add(notificationsFeature(context, environment));
  add(objectCacheFeature(context));
  add(monitoringFeature(context));
  const { offers: collectors } = add(
    collectorsFeature(context, {
      directory: environment.telemetryDirectory,
      // Functions, as telemetry is built after it.
      ingest: (reported): ReturnType<Ingest> => telemetry.ingest(reported),
      ownReading: (): Reading | null => telemetry.ownReading(),
    }),
  );
  const { offers: telemetry } = add(
    telemetryFeature(context, { ...jobs, directory: environment.telemetryDirectory, collectors }),
  );
  const { offers: functions } = add(functionsFeature(context, { directory: environment.functionDirectory }));
  const { offers: robots } = add(robotsFeature(context, sessions));
  add(
    alertsFeature(context, {
      nodes: () => environment.topology.nodes(),
      revision: () => environment.topology.revision,
      latest: (measure) => telemetry.latest(measure),
      collectors: () => collectors.list(),
      pools: () => functions.pools(),
      robotType: (id) => robots.deploymentType(id),
      walkHistory: history.walk,
      // A trial looks at many: only at what is measured here.
      telemetry: (id, query) => telemetry.instance(id, query, false),
    }),
  );
  add(viewsFeature(context));
  add(keysFeature({ ...context, secretInDatabase }));
  add(timelineFeature(context, { ...activity, ...environment, ...jobs }));
  add(proxyFeature(context, { ...robots, ...jobs, deadlineMs: proxyDeadlineMs }));
  const { offers: metrics } = add(
    metricsFeature(context, {
      onCall: upstreams.onCall,
      upstreams: upstreams.list,
      collectors: () => collectors.list(),
      numbers: () => ({ claims: functions.numbers(), robots: robots.numbers() }),
      instances: {
        ...environment.telemetryDirectory,
        latest: (measure) => telemetry.latest(measure).values,
      },
    }),
  );
  add(apiDocumentFeature(context, { features: () => all, cookieName: sessions.cookieName }));

  const retention = createRetention({
    ...base,
    sweeps: () => all.flatMap((feature) => feature.sweeps ?? []),
    shrink: (isWanted) => shrink(db, engine, isWanted),
  });
  const services = [
    ...(session === null ? [] : [session]),
    ...all.flatMap((feature) => feature.services ?? []),
    leader.whileLeading(retention),
  ];
  return {
    all: all as readonly Feature[],
    hub,
    clock: options.clock,
    replicas,
    sessions,
    accessTokens,
    about,
    activity,
    metrics,
    retention,
    requestKeys: {
      ...requestKeys,
      fingerprint: createFingerprints(options.secrets, 'request-fingerprint'),
    },
    /** Changes are refused with this while the store can't be used. */
    storeRefusal: (): AppError | null => storeHealth.fault && storeUnavailable(storeHealth.fault),
    async start(): Promise<void> {
      for (const service of services) await service.start?.();
    },
    async stop(): Promise<void> {
      for (const service of services.toReversed()) await service.stop();
    },
  };
}
