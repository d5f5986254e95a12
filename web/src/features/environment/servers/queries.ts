import { collectorsResponse } from '@cyclorama/shared/collectors.ts';
import { powerAnswer, serverDetail, serverImages } from '@cyclorama/shared/infrastructure.ts';
import type { PowerRequest } from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';

/** No event tells of a server's own facts. */
const READ_MS = 15_000;
/** A download is answered when the image is there. */
const DOWNLOAD_TIMEOUT_MS = 300_000;

export const ownServerQuery = queryOptions({
  queryKey: [...keys.servers, 'own'],
  queryFn: ({ signal }) => api.get(paths.ownServer(), serverDetail, { signal }),
  refetchInterval: READ_MS,
});

export const serverImagesQuery = queryOptions({
  queryKey: [...keys.servers, 'images'],
  queryFn: ({ signal }) => api.get(paths.ownServerImages(), serverImages, { signal }),
  refetchInterval: READ_MS,
});

export const collectorsQuery = queryOptions({
  queryKey: [...keys.servers, 'collectors'],
  queryFn: ({ signal }) => api.get(paths.collectors(), collectorsResponse, { signal }),
  refetchInterval: READ_MS,
});

export function useImageDownload() {
  const client = useQueryClient();
  return useChange({
    change: (imageId: string, key) =>
      api.post(paths.ownServerImages(), { imageId }, serverImages, { key, timeoutMs: DOWNLOAD_TIMEOUT_MS }),
    onSuccess: (images) => client.setQueryData(serverImagesQuery.queryKey, images),
  });
}

export const usePower = () =>
  useChange({
    change: (request: PowerRequest, key) => api.post(paths.ownServerPower(), request, powerAnswer, { key }),
  });
