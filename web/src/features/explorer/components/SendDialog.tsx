import type { Operation } from '@cyclorama/shared/catalogue.ts';
import { useQuery } from '@tanstack/react-query';

import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { hostnameQuery } from '../queries.ts';

type SendDialogProps = {
  operation: Operation;
  /** Of the robot that is ended. */
  instance: string;
  onSend: () => void;
  onClose: () => void;
};

export function SendDialog({ operation, instance, onSend, onClose }: SendDialogProps) {
  const { method, path, help, takesDown } = operation;
  const { data: hostname, error } = useQuery({ ...hostnameQuery, enabled: takesDown === 'server' });
  const nameOf = { server: hostname, robot: instance };
  const name = takesDown === undefined ? undefined : nameOf[takesDown];
  const isUnknown = takesDown !== undefined && name === undefined;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Send ${method} ${path}?`}
      body={`${help} It goes on record under your name.`}
      actionLabel={`Send ${method}`}
      tone={takesDown === undefined ? 'primary' : 'danger'}
      typeToConfirm={name}
      pending={isUnknown}
      error={error}
      onConfirm={onSend}
    />
  );
}
