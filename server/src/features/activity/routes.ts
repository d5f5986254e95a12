import type { activityExportQuery as ExportQuery } from '@cyclorama/shared/activity.ts';
import {
  activityExportQuery,
  activityHead,
  activityPage,
  activityQuery,
} from '@cyclorama/shared/activity.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import type { z } from 'zod';

import { downloadRoute } from '../../http/download-route.ts';
import type { Download, DownloadRoute } from '../../http/download-route.ts';
import type { Route } from '../../http/route.ts';
import { route } from '../../http/route.ts';
import type { RecordKeeper } from './keeper.ts';
import type { ActivityService } from './service.ts';

export function activityRoutes(activity: ActivityService, keeper: RecordKeeper): Route[] {
  return [
    route({
      method: 'get',
      path: paths.activity(),
      summary: 'Lists what was done and detected, newest first',
      role: 'viewer',
      query: activityQuery,
      response: activityPage,
      handler: ({ query, person }) => activity.page(query, person.role),
    }),
    route({
      method: 'get',
      path: paths.activityHead(),
      summary: 'The signed head of the record, and up to where it was verified',
      role: 'admin',
      response: activityHead,
      handler: () => keeper.head(),
    }),
  ];
}

export function activityDownloads(open: (query: z.output<typeof ExportQuery>) => Download): DownloadRoute[] {
  return [
    downloadRoute({
      path: paths.activityExport(),
      summary: 'Downloads what is on record as CSV or JSON lines',
      role: 'admin',
      contentTypes: ['text/csv', 'application/jsonl'],
      query: activityExportQuery,
      open,
    }),
  ];
}
