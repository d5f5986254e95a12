import type { FeatureOffering } from '../../http/feature.ts';
import { activityByIds } from '../../store/activity.ts';
import { pruneDetections } from '../../store/detections.ts';
import { DAY_MS, KEPT_DAYS } from '../../store/retention/kept.ts';
import type { BaseContext } from '../context.ts';
import { activityFile } from './export.ts';
import { createRecordKeeper } from './keeper.ts';
import { presentActivity } from './presenter.ts';
import { createRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';
import { activityDownloads, activityRoutes } from './routes.ts';
import { createActivityService } from './service.ts';
import type { ActivityService } from './service.ts';
import { createWebhook } from './webhook.ts';

type Offers = ActivityService & Recorder & { presentActivity: typeof presentActivity };

export function activityFeature(context: BaseContext): FeatureOffering<Offers> {
  const { db, clock, logger, secrets, leader } = context;
  const { retentionDays, webhookUrl } = context.config.audit;
  const activity = createActivityService(context);
  const recorder = createRecorder(context);
  const { recordWithin, putOnRecord } = recorder;
  const webhook = webhookUrl === null ? null : createWebhook({ url: webhookUrl, logger });
  const send = webhook === null ? null : (head: unknown) => webhook.send(head);
  const keeper = createRecordKeeper({
    db,
    clock,
    logger,
    secrets,
    recordWithin,
    retentionDays,
    isLeader: () => leader.isLeader(),
    send,
  });
  const leading = leader.whileLeading(keeper);
  context.replicas.reads('activity', async (ids) => {
    const rows = await activityByIds(db, ids.map(Number));
    return rows.map((row) => ({ type: 'activity', entry: presentActivity(row, 'viewer') }));
  });
  return {
    sweeps: [{ what: 'detections', run: (now) => pruneDetections(db, now - KEPT_DAYS.detections * DAY_MS) }],
    services: webhook === null ? [leading] : [webhook, leading],
    routes: activityRoutes(activity, keeper),
    downloads: activityDownloads((query) => activityFile(query, { db, clock, putOnRecord })),
    offers: { ...activity, ...recorder, presentActivity },
  };
}
