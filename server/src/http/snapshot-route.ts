import type { Role } from '@cyclorama/shared/common.ts';

/** A large answer that is the same for everyone until it changes, made once a version whoever asks. */
export type SnapshotRoute = {
  path: string;
  /** The least role that may read it. */
  role: Role;
  /** Now's version and how to make its JSON; `body` is called at most once a version. */
  current(): { version: string; body: () => Buffer };
};

/** `GET` of a precomputed JSON answer: `If-None-Match` gives 304, else the bytes compressed once a version. */
export function snapshotRoute(definition: SnapshotRoute): SnapshotRoute {
  return definition;
}
