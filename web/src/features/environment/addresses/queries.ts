import { certificatesResponse } from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

export const certificatesQuery = (containerId: string) =>
  queryOptions({
    queryKey: [...keys.certificates, containerId],
    queryFn: ({ signal }) =>
      api.get(paths.containerCertificates(containerId), certificatesResponse, { signal }),
    staleTime: 60_000,
  });
