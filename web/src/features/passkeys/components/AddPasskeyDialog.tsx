import { useAddPasskey } from '../queries.ts';
import { PasskeyNameDialog } from './PasskeyNameDialog.tsx';

export function AddPasskeyDialog({ onClose }: { onClose: () => void }) {
  const add = useAddPasskey();
  return (
    <PasskeyNameDialog
      title="Add a passkey"
      description="Your browser then asks where to keep it."
      action="Add passkey"
      before=""
      pending={add.isPending}
      error={add.error}
      onName={(name) => add.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
