import type { z } from 'zod';

import type { AccessWords } from './access-words.ts';

/** `fileName` has no path. The text comes in chunks, so its size costs no memory. */
export type Download = { fileName: string; contentType: string; chunks: AsyncIterable<string> };

type Definition<Q extends z.ZodType> = AccessWords & {
  path: string;
  /** One line for the API document. */
  summary: string;
  contentTypes: readonly string[];
  query: Q;
  open(query: z.output<Q>): Download;
};

export type DownloadRoute = Definition<z.ZodType>;

export function downloadRoute<Q extends z.ZodType>(definition: Definition<Q>): DownloadRoute {
  return definition;
}
