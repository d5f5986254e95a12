import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { revealedVariable, scopedVariables } from '@cyclorama/shared/variables.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useChange } from '../../api/use-change.ts';

/** No notification tells that a variable’s duration is over. */
const READ_EVERY_MS = 10_000;

export const variablesQuery = queryOptions({
  queryKey: keys.variables,
  queryFn: ({ signal }) => api.get(environmentPaths.variables(), scopedVariables, { signal }),
  refetchInterval: READ_EVERY_MS,
});

/** The cache keeps no value once it is hidden. */
export const useReveal = () =>
  useChange({
    change: (name: string) => api.post(environmentPaths.variableReveal(name), {}, revealedVariable),
    gcTime: 0,
  });
