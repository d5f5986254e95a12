import { confirmationWays } from '@cyclorama/shared/confirmation.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { confirm } from '../../api/confirm-by-passkey.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useChange } from '../../api/use-change.ts';

export const confirmationWaysQuery = queryOptions({
  queryKey: [...keys.session, 'confirmation'],
  queryFn: ({ signal }) => api.get(paths.sessionConfirm(), confirmationWays, { signal }),
  staleTime: 0,
  gcTime: 0,
});

/** gcTime 0: the password must not stay in the mutation cache. */
export const useConfirmByPassword = () =>
  useChange({ change: (password: string) => confirm({ with: 'password', password }), gcTime: 0 });
