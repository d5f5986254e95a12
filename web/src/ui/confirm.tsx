import { useState } from 'react';
import type { ReactNode } from 'react';

import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';
import { ErrorState } from './states.tsx';

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  body: ReactNode;
  /** Verb and object: "Terminate misty-07". */
  actionLabel: string;
  /** Text to type first, for actions that take down a host. */
  typeToConfirm?: string | undefined;
  onConfirm: () => void;
  pending?: boolean;
  error?: unknown;
  tone?: 'danger' | 'primary';
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, body, actionLabel, typeToConfirm, onConfirm, pending, error } = props;
  const [typed, setTyped] = useState('');
  const missing = typeToConfirm !== undefined && typed !== typeToConfirm;
  const change = (next: boolean) => {
    setTyped('');
    onOpenChange(next);
  };
  const footer = (
    <>
      <Button onClick={() => change(false)}>Cancel</Button>
      <Button
        variant={props.tone ?? 'danger'}
        pending={pending ?? false}
        disabledReason={missing ? `Type ${typeToConfirm} to confirm` : undefined}
        onClick={onConfirm}
      >
        {actionLabel}
      </Button>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={change} title={title} footer={footer}>
      <div className="flex flex-col gap-3">
        <div>{body}</div>
        {typeToConfirm !== undefined && (
          <Field label={`Type “${typeToConfirm}” to confirm`}>
            <Input
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        )}
        {error !== undefined && error !== null && <ErrorState compact error={error} />}
      </div>
    </Dialog>
  );
}
