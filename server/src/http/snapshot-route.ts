import type { Role } from '@cyclorama/shared/common.ts';
import type { z } from 'zod';

export type SnapshotRoute = {
  path: string;
  /** One line for the API document. */
  summary: string;
  role: Role;
  /** What `body` holds, as JSON; for the API document only. */
  response: z.ZodType;
  /** `body` is called at most once per version. */
  current(): { version: string; body: () => Buffer };
};

/** `If-None-Match` gives 304, else the bytes compressed once per version. */
export function snapshotRoute(definition: SnapshotRoute): SnapshotRoute {
  return definition;
}
