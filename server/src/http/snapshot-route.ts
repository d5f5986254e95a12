import type { Role } from '@cyclorama/shared/common.ts';

export type SnapshotRoute = {
  path: string;
  role: Role;
  /** `body` is called at most once per version. */
  current(): { version: string; body: () => Buffer };
};

/** `If-None-Match` gives 304, else the bytes compressed once per version. */
export function snapshotRoute(definition: SnapshotRoute): SnapshotRoute {
  return definition;
}
