import type { z } from 'zod';

import type { AccessWords } from './access-words.ts';

export type SnapshotRoute = AccessWords & {
  path: string;
  /** One line for the API document. */
  summary: string;
  /** What `body` holds, as JSON; for the API document only. */
  response: z.ZodType;
  /** `body` is called at most once per version. */
  current(): { version: string; body: () => Buffer };
};

/** `If-None-Match` gives 304, else the bytes compressed once per version. */
export function snapshotRoute(definition: SnapshotRoute): SnapshotRoute {
  return definition;
}
