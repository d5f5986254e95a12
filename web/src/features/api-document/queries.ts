import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../api/http.ts';
import { apiDocument } from './document.ts';

/** It changes with the server's version only, and a new one makes the page load anew. */
export const apiDocumentQuery = queryOptions({
  queryKey: ['api-document'],
  queryFn: ({ signal }) => api.get(paths.apiDocument(), apiDocument, { signal }),
  staleTime: Infinity,
});
