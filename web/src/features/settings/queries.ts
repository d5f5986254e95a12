import { hubActivity } from '@cyclorama/shared/hub-activity.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { environmentSettings, hubResponse, integration, metadataFile } from '@cyclorama/shared/settings.ts';
import { vpnCheckResponse } from '@cyclorama/shared/vpn-check.ts';
import type { VpnCheckRequest } from '@cyclorama/shared/vpn-check.ts';
import { queryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useChange } from '../../api/use-change.ts';
import type { LookedFor } from './search.ts';

const READ_EVERY_MS = 30_000;

export const settingsQuery = queryOptions({
  queryKey: [...keys.settings, 'environment'],
  queryFn: ({ signal }) => api.get(environmentPaths.settings(), environmentSettings, { signal }),
  refetchInterval: READ_EVERY_MS,
});

export const metadataQuery = queryOptions({
  queryKey: [...keys.settings, 'metadata-file'],
  queryFn: ({ signal }) => api.get(environmentPaths.metadataFile(), metadataFile, { signal }),
});

export const hubQuery = queryOptions({
  queryKey: [...keys.settings, 'hub'],
  queryFn: ({ signal }) => api.get(environmentPaths.hub(), hubResponse, { signal }),
});

export const hubActivityQuery = queryOptions({
  queryKey: [...keys.settings, 'hub-activity'],
  queryFn: ({ signal }) => api.get(environmentPaths.hubActivity(), hubActivity, { signal }),
  refetchInterval: READ_EVERY_MS,
});

export const integrationQuery = (looked: LookedFor) =>
  queryOptions({
    queryKey: [...keys.settings, 'integration', looked],
    queryFn: ({ signal }) =>
      api.get(withQuery(environmentPaths.integration(), looked), integration, { signal }),
    // It is there or it is not.
    retry: false,
  });

/** gcTime 0: the password must not stay in the mutation cache. */
export const useVpnCheck = () =>
  useChange({
    change: (login: VpnCheckRequest) => api.post(environmentPaths.vpnCheck(), login, vpnCheckResponse),
    gcTime: 0,
  });
