import type { ConfirmationRequest } from '@cyclorama/shared/confirmation.ts';
import { passkeyCeremony } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { z } from 'zod';

import { api } from './http.ts';
import { askForPasskey } from './passkey-prompt.ts';
import { useChange } from './use-change.ts';

export const confirm = (request: ConfirmationRequest) =>
  api.post(paths.sessionConfirm(), request, z.unknown());

export const useConfirmByPasskey = () =>
  useChange({
    change: async () => {
      const ceremony = await api.post(paths.sessionConfirmOptions(), {}, passkeyCeremony);
      const answer = await askForPasskey(ceremony);
      return confirm({ with: 'passkey', challenge: ceremony.challenge, answer });
    },
  });
