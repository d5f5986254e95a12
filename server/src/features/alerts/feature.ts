import type { CollectorsResponse } from '@cyclorama/shared/collectors.ts';
import type { LatestResponse, Measure } from '@cyclorama/shared/telemetry.ts';

import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { createEvaluator } from './evaluator.ts';
import type { Sources } from './evaluator.ts';
import { alertRoutes } from './routes.ts';
import { createAlertsService } from './service.ts';
import { createCollectorSource } from './sources/collectors.ts';
import { createMeasureSource } from './sources/measures.ts';
import { createNodeReader, createNodeSource } from './sources/nodes.ts';
import type { NodeTexts } from './sources/nodes.ts';

type Needs = {
  /** Null while the environment is not known as it is now. */
  nodes: NodeTexts;
  latest: (measure: Measure) => LatestResponse;
  collectors: () => CollectorsResponse;
};

/** Where each kind of condition is looked up. */
export function createSources({ nodes: texts, latest, collectors }: Needs): Sources {
  const nodes = createNodeReader(texts);
  const ofNodes = createNodeSource(nodes);
  return {
    'instance-state': ofNodes,
    'container-state': ofNodes,
    certificate: ofNodes,
    measure: createMeasureSource({ nodes, latest }),
    collector: createCollectorSource(collectors),
  };
}

export function alertsFeature(context: FeatureContext, needs: Needs): Feature {
  const sources = createSources(needs);
  return {
    services: [createEvaluator({ ...context, sources })],
    routes: alertRoutes(createAlertsService({ ...context, sources })),
  };
}
