import { paths } from '@cyclorama/shared/paths.ts';
import { ciBuild, ciProjects, robotAccount } from '@cyclorama/shared/robot-access.ts';
import type { AccountTokenRequest, CiRequest } from '@cyclorama/shared/robot-access.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

export const accountQuery = queryOptions({
  queryKey: keys.robotAccount,
  queryFn: ({ signal }) => api.get(paths.robotAccount(), robotAccount, { signal }),
});

export const ciQuery = queryOptions({
  queryKey: keys.robotCi,
  queryFn: ({ signal }) => api.get(paths.robotCi(), ciProjects, { signal }),
});

export function useRevoke() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (sha256: string) => api.post(paths.robotAccountRevoke(), { sha256 }, robotAccount),
    onSettled: refresh,
  });
}

export function usePurge() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post(paths.robotAccountPurge(), { confirm: 'revoke every token' }, robotAccount),
    onSettled: refresh,
  });
}

/** The token is kept in no cache. */
export function useSetToken() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (request: AccountTokenRequest) => api.put(paths.robotAccountToken(), request, robotAccount),
    onSettled: refresh,
    gcTime: 0,
  });
}

export function useStartBuild() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: CiRequest) => api.post(paths.robotCi(), request, ciBuild),
    onSettled: () => client.invalidateQueries({ queryKey: keys.robotCi }),
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [keys.robotAccount, keys.robotCi, keys.deployments, keys.bookings, keys.upstreams].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}
