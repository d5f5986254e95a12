import type { AccessToken, AccessTokenRequest } from '@cyclorama/shared/access-tokens.ts';
import { accessTokenCreated, accessTokensResponse } from '@cyclorama/shared/access-tokens.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useChange } from '../../api/use-change.ts';

export const accessTokensQuery = queryOptions({
  queryKey: keys.accessTokens,
  queryFn: ({ signal }) => api.get(paths.accessTokens(), accessTokensResponse, { signal }),
});

/** The response holds the token in full, this once; the cache drops it when the dialog closes. */
export function useMakeToken() {
  const client = useQueryClient();
  return useChange({
    change: (body: AccessTokenRequest, key) =>
      api.post(paths.accessTokens(), body, accessTokenCreated, { key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.accessTokens }),
    gcTime: 0,
  });
}

export function useDeleteToken(id: AccessToken['id']) {
  const client = useQueryClient();
  return useChange({
    change: () => api.delete(paths.accessToken(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.accessTokens }),
  });
}
