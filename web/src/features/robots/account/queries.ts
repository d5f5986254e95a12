import { paths } from '@cyclorama/shared/paths.ts';
import { ciBuild, ciProjects, robotAccount } from '@cyclorama/shared/robot-access.ts';
import type { AccountTokenRequest, CiRequest } from '@cyclorama/shared/robot-access.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';

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
  return useChange({
    change: (sha256: string) => api.post(paths.robotAccountRevoke(), { sha256 }, robotAccount),
    onSettled: refresh,
  });
}

export function usePurge() {
  const refresh = useRefresh();
  return useChange({
    change: () => api.post(paths.robotAccountPurge(), { confirm: 'revoke every token' }, robotAccount),
    onSettled: refresh,
  });
}

/** The token is kept in no cache. */
export function useSetToken() {
  const refresh = useRefresh();
  return useChange({
    change: (request: AccountTokenRequest) => api.put(paths.robotAccountToken(), request, robotAccount),
    onSettled: refresh,
    gcTime: 0,
  });
}

export function useStartBuild() {
  const client = useQueryClient();
  return useChange({
    change: (request: CiRequest, key) => api.post(paths.robotCi(), request, ciBuild, { key }),
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
