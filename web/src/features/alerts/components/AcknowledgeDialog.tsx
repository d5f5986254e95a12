import type { Alert } from '@cyclorama/shared/alerts.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useState } from 'react';

import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { useAcknowledge } from '../queries.ts';

export function AcknowledgeDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const [note, setNote] = useState('');
  const acknowledge = useAcknowledge(alert.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Acknowledge “${isolated(alert.of.name)}”`}
      description="Everybody sees that you look after it. It goes on firing until it is over."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={acknowledge.isPending}
            onClick={() => acknowledge.mutate(note === '' ? {} : { note }, { onSuccess: onClose })}
          >
            Acknowledge
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="Note" hint="Optional: what you found, or what you do about it.">
          <Input
            value={note}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        {acknowledge.error !== null && <ErrorState compact error={acknowledge.error} />}
      </div>
    </Dialog>
  );
}
