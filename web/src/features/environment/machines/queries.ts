import { virtualMachineDetail } from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

export const virtualMachineQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.virtualMachines, id],
    queryFn: ({ signal }) => api.get(paths.virtualMachine(id), virtualMachineDetail, { signal }),
    refetchInterval: 30_000,
  });
