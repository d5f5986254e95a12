import { confirmationWays } from '@cyclorama/shared/confirmation.ts';
import type { ConfirmationRequest } from '@cyclorama/shared/confirmation.ts';
import { passkeyCeremony } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';

import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { askForPasskey } from '../../api/passkey-prompt.ts';
import { useChange } from '../../api/use-change.ts';

export const confirmationWaysQuery = queryOptions({
  queryKey: [...keys.session, 'confirmation'],
  queryFn: ({ signal }) => api.get(paths.sessionConfirm(), confirmationWays, { signal }),
  staleTime: 0,
  gcTime: 0,
});

const confirm = (request: ConfirmationRequest) => api.post(paths.sessionConfirm(), request, z.unknown());

/** gcTime 0: the password must not stay in the mutation cache. */
export const useConfirmByPassword = () =>
  useChange({ change: (password: string) => confirm({ with: 'password', password }), gcTime: 0 });

export const useConfirmByPasskey = () =>
  useChange({
    change: async () => {
      const ceremony = await api.post(paths.sessionConfirmOptions(), {}, passkeyCeremony);
      const answer = await askForPasskey(ceremony);
      return confirm({ with: 'passkey', challenge: ceremony.challenge, answer });
    },
  });
