import { z } from 'zod';

export const pageTabNames = [
  'summary',
  'events',
  'telemetry',
  'logs',
  'console',
  'relations',
  'raw',
] as const;
export type PageTabName = (typeof pageTabNames)[number];

/** Of a page of one object: its tab, and the event that is to be seen. Other parts keep their state beside these. */
export const pageTabsSearch = z.looseObject({
  tab: z.enum(pageTabNames).optional().catch(undefined),
  event: z.number().int().optional().catch(undefined),
});
