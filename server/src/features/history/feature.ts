import type { FeatureOffering } from '../../http/feature.ts';
import { picturesMaxBytes, pruneHistoryWithin } from '../../store/retention/history.ts';
import type { FeatureContext } from '../context.ts';
import type { NodeTexts } from './codec.ts';
import { createHistoryRecorder } from './recorder.ts';
import { historyRoutes } from './routes.ts';
import { createHistoryService } from './service.ts';
import { walkHistory } from './walk.ts';
import type { WalkHistory } from './walk.ts';

/** `nodes`: null while the environment is not known as it is now. */
export function historyFeature(
  context: FeatureContext,
  needs: { nodes: () => NodeTexts | null },
): FeatureOffering<{ walk: WalkHistory }> {
  const recorder = createHistoryRecorder({ ...context, ...needs });
  return {
    services: [recorder],
    sweeps: [
      {
        what: 'pictures of the topology',
        run: (now, isWanted) => {
          const maxBytes = picturesMaxBytes(context.config.historyMaxBytes);
          return pruneHistoryWithin(context.db, { now, maxBytes, isWanted });
        },
      },
    ],
    routes: historyRoutes(createHistoryService(context)),
    offers: { walk: (span, visit) => walkHistory(context.db, span, visit) },
  };
}
