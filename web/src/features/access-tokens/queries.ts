import type { AccessToken, AccessTokenRequest } from '@cyclorama/shared/access-tokens.ts';
import { accessTokenCreated, accessTokensResponse } from '@cyclorama/shared/access-tokens.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';

export const accessTokensQuery = queryOptions({
  queryKey: keys.accessTokens,
  queryFn: ({ signal }) => api.get(paths.accessTokens(), accessTokensResponse, { signal }),
});

/** The response holds the token in full, this once; the cache drops it when the dialog closes. */
export function useMakeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AccessTokenRequest) => api.post(paths.accessTokens(), body, accessTokenCreated),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.accessTokens }),
    gcTime: 0,
  });
}

export function useDeleteToken(id: AccessToken['id']) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(paths.accessToken(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.accessTokens }),
  });
}
