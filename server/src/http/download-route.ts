import type { Role } from '@cyclorama/shared/common.ts';
import type { z } from 'zod';

/** A file as it is sent: a name without path, and its text in pieces, so that its size costs no memory. */
export type Download = { fileName: string; contentType: string; chunks: AsyncIterable<string> };

type Definition<Q extends z.ZodType> = {
  path: string;
  /** The least role that may read it. */
  role: Role;
  query: Q;
  open(query: z.output<Q>): Download;
};

/** A route that answers with a file, its types forgotten. */
export type DownloadRoute = Definition<z.ZodType>;

/** `GET` of a file that is made while it is sent. */
export function downloadRoute<Q extends z.ZodType>(definition: Definition<Q>): DownloadRoute {
  return definition;
}
