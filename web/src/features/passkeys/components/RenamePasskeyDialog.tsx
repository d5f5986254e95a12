import type { Passkey } from '@cyclorama/shared/passkeys.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { useRenamePasskey } from '../queries.ts';
import { PasskeyNameDialog } from './PasskeyNameDialog.tsx';

export function RenamePasskeyDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const rename = useRenamePasskey(passkey.id);
  return (
    <PasskeyNameDialog
      title={`Rename “${isolated(passkey.name)}”`}
      action="Rename"
      before={passkey.name}
      pending={rename.isPending}
      error={rename.error}
      onName={(name) => rename.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
