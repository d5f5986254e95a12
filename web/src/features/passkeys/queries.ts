import { everyonesPasskeys, passkey, passkeyCeremony, passkeysResponse } from '@cyclorama/shared/passkeys.ts';
import type { Passkey } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { makePasskey } from '../../api/passkey-prompt.ts';
import { useChange } from '../../api/use-change.ts';

export const passkeysQuery = queryOptions({
  queryKey: [...keys.passkeys, 'mine'],
  queryFn: ({ signal }) => api.get(paths.passkeys(), passkeysResponse, { signal }),
});

export const everyonesPasskeysQuery = queryOptions({
  queryKey: [...keys.passkeys, 'everyone'],
  queryFn: ({ signal }) => api.get(paths.everyonesPasskeys(), everyonesPasskeys, { signal }),
});

function usePasskeyChange<In = void, Out = unknown>(change: (input: In) => Promise<Out>) {
  const client = useQueryClient();
  return useChange({
    change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.passkeys }),
  });
}

export const useAddPasskey = () =>
  usePasskeyChange(async (name: string) => {
    const ceremony = await api.post(paths.passkeyOptions(), {}, passkeyCeremony);
    const answer = await makePasskey(ceremony);
    return api.post(paths.passkeys(), { name, challenge: ceremony.challenge, answer }, passkey);
  });

export const useRenamePasskey = (id: Passkey['id']) =>
  usePasskeyChange((name: string) => api.put(paths.passkey(id), { name }, passkey));

export const useRemovePasskey = (id: Passkey['id']) => usePasskeyChange(() => api.delete(paths.passkey(id)));
