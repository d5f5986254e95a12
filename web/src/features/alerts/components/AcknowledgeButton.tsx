import type { Alert } from '@cyclorama/shared/alerts.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { useAcknowledge } from '../queries.ts';

/** Who took an alert on, or the button to do so. */
export function AcknowledgeButton({ alert }: { alert: Alert }) {
  const { user } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { acknowledged, state, of } = alert;
  if (acknowledged !== null)
    return (
      <span title={acknowledged.note ?? undefined} className="truncate">
        {acknowledged.by} <span className="text-muted">· </span>
        <Ago at={acknowledged.at} />
      </span>
    );
  if (state !== 'firing') return <span className="text-muted">does not fire yet</span>;
  return (
    <>
      <Button
        size="sm"
        aria-label={`Acknowledge ${of.name}`}
        disabledReason={roleRefusal(user.role, 'operator') ?? undefined}
        onClick={() => setOpen(true)}
      >
        Acknowledge…
      </Button>
      {isOpen && <AcknowledgeDialog alert={alert} onClose={() => setOpen(false)} />}
    </>
  );
}

function AcknowledgeDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
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
