import { alertChannel } from '@cyclorama/shared/alert-deliveries.ts';
import type { AlertChannel } from '@cyclorama/shared/alert-deliveries.ts';
import type { CollectorsResponse } from '@cyclorama/shared/collectors.ts';
import type { LatestResponse, Measure } from '@cyclorama/shared/telemetry.ts';

import type { Feature } from '../../http/feature.ts';
import { pruneAlertMessages } from '../../store/alert-messages.ts';
import { pruneAlerts } from '../../store/alerts.ts';
import { DAY_MS, KEPT_DAYS } from '../../store/retention/kept.ts';
import type { FeatureContext } from '../context.ts';
import { createEvaluator } from './evaluator.ts';
import { alertRoutes } from './routes.ts';
import { alertRuleRoutes } from './rules.routes.ts';
import { createRulesService } from './rules.service.ts';
import { createAlertsService } from './service.ts';
import { createCollectorSource } from './sources/collectors.ts';
import { createFactSources } from './sources/facts.ts';
import type { FactDeps } from './sources/facts.ts';
import { createGroupSource } from './sources/group-measures.ts';
import { createMeasureSource } from './sources/measures.ts';
import { createNodeReader, createNodeSource } from './sources/nodes.ts';
import type { NodeTexts } from './sources/nodes.ts';
import type { Sources } from './sources/source.ts';
import type { Latest } from './sources/values.ts';
import { alertDeliveryRoutes } from './telling/deliveries.routes.ts';
import { createDeliveriesService } from './telling/deliveries.service.ts';
import { createDelivery } from './telling/delivery.ts';
import type { DeliveryDeps } from './telling/delivery.ts';
import { createMonitoringChannel } from './telling/monitoring.ts';
import { alertSettingsRoutes } from './telling/settings.routes.ts';
import { createAlertSettings } from './telling/settings.service.ts';
import { createWebhookChannel } from './telling/webhook.ts';
import { createTrial } from './trial.ts';
import type { TrialDeps } from './trial.ts';

type Needs = Omit<FactDeps, 'db' | 'nodes'> &
  Pick<TrialDeps, 'telemetry' | 'walkHistory'> & {
    /** Null while the environment is not known as it is now. */
    nodes: NodeTexts;
    /** Of the nodes; increases with each change of them. */
    revision: () => number;
    /** Of all that is measured. */
    latest: (measure: Measure) => LatestResponse;
    collectors: () => CollectorsResponse;
  };

type SourceDeps = FactDeps & Pick<Needs, 'collectors'> & { latest: Latest };

/** Where each kind of condition is looked up. */
export function createSources(deps: SourceDeps): Sources {
  return {
    'instance-state': createNodeSource(deps.nodes),
    'container-state': createNodeSource(deps.nodes),
    certificate: createNodeSource(deps.nodes),
    measure: createMeasureSource(deps),
    'group-measure': createGroupSource(deps),
    collector: createCollectorSource(deps.collectors),
    ...createFactSources(deps),
  };
}

export function alertsFeature(context: FeatureContext, needs: Needs): Feature {
  const nodes = createNodeReader(needs.nodes, needs.revision);
  const latest: Latest = (measure) => Promise.resolve(new Map(Object.entries(needs.latest(measure).values)));
  const deps = { ...context, ...needs, nodes, latest };
  const sources = createSources(deps);
  const alerts = createAlertsService({ ...context, nodes });
  const rules = createRulesService({ ...context, sources, tryOn: createTrial(deps) });
  const settings = createAlertSettings(context);
  const channels = createChannels(context);
  const delivery = createDelivery({ ...context, channels });
  const deliveries = createDeliveriesService({ ...context, delivery });
  const evaluator = createEvaluator({
    ...context,
    sources,
    publicUrl: context.config.publicUrl,
    told: async () => {
      const { isQuiet, toMonitoring } = await settings.now();
      const isUsed = (channel: AlertChannel): boolean =>
        channel in channels && (channel !== 'monitoring' || toMonitoring);
      return { isQuiet, channels: alertChannel.options.filter(isUsed) };
    },
    onTold: () => void delivery.round(),
  });
  return {
    services: [delivery, evaluator],
    sweeps: [
      {
        what: 'alerts',
        run: async (now) => {
          await pruneAlerts(context.db, now - KEPT_DAYS.alerts * DAY_MS);
          await pruneAlertMessages(context.db, now - KEPT_DAYS.alertMessages * DAY_MS);
        },
      },
    ],
    routes: [
      ...alertRoutes(alerts),
      ...alertRuleRoutes(rules),
      ...alertDeliveryRoutes(deliveries),
      ...alertSettingsRoutes(settings),
    ],
  };
}

function createChannels({ config, clock, cycle }: FeatureContext): DeliveryDeps['channels'] {
  const { alertWebhook } = config;
  return {
    ...(alertWebhook !== null && { webhook: createWebhookChannel({ ...alertWebhook, clock }) }),
    ...(cycle !== null && { monitoring: createMonitoringChannel(cycle) }),
  };
}
