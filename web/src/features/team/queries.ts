import type { Role } from '@cyclorama/shared/common.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { ownSessionsResponse, teamResponse } from '@cyclorama/shared/team.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useChange } from '../../api/use-change.ts';

const POLL_MS = 30_000;

export const teamQuery = queryOptions({
  queryKey: keys.team,
  queryFn: ({ signal }) => api.get(paths.team(), teamResponse, { signal }),
  refetchInterval: POLL_MS,
});

export const ownSessionsQuery = queryOptions({
  queryKey: keys.ownSessions,
  queryFn: ({ signal }) => api.get(paths.ownSessions(), ownSessionsResponse, { signal }),
  refetchInterval: POLL_MS,
});

function useTeamChange<In = void>(change: (input: In) => Promise<void>) {
  const client = useQueryClient();
  return useChange({
    change,
    onSuccess: () =>
      Promise.all([keys.team, keys.ownSessions].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

export const useSetRole = (name: string) =>
  useTeamChange((role: Role) => api.put(paths.teamRole(name), { role }));

export const useSetBlocked = (name: string) =>
  useTeamChange((blocked: boolean) =>
    blocked ? api.put(paths.teamBlock(name), undefined) : api.delete(paths.teamBlock(name)),
  );

export const useFreeName = (name: string) => useTeamChange(() => api.delete(paths.teamPerson(name)));

export const useEndSession = (owner: string, id: string, isOwn: boolean) =>
  useTeamChange(() => api.delete(isOwn ? paths.ownSession(id) : paths.teamSession(owner, id)));

export const useEndOtherSessions = () => useTeamChange(() => api.delete(paths.ownSessions()));

export const useRevokeToken = (owner: string, id: string) =>
  useTeamChange(() => api.delete(paths.teamToken(owner, id)));
