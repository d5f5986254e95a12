import type { TaskAction, TaskBatchRequest } from '@cyclorama/shared/environment.ts';
import { useState } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useStartBatch } from '../queries.ts';
import { MOST_AT_ONCE, VERB } from '../rules.ts';

type BatchDialogProps = {
  action: TaskAction;
  /** "6 instances", "2 instances of API". */
  what: string;
  count: number;
  target: Pick<TaskBatchRequest, 'instances' | 'containers' | 'onlyInNeed'>;
  onClose: () => void;
  onStarted: (batchId: string) => void;
};

/** How many at once, and whether a failure ends it, are asked where there is more than one. */
export function BatchDialog({ action, what, count, target, onClose, onStarted }: BatchDialogProps) {
  const [atOnce, setAtOnce] = useState('5');
  const [stopsAtFailure, setStopsAtFailure] = useState(true);
  const start = useStartBatch();
  const concurrency = Number(atOnce);
  const isValid = Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MOST_AT_ONCE;
  const label = `${VERB[action]} ${what}`;
  const send = () =>
    start.mutate(
      { action, ...target, concurrency, stopAfterFailures: stopsAtFailure ? 1 : null },
      { onSuccess: ({ id }) => onStarted(id) },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${label}?`}
      description={describe(action, count)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={action === 'start' ? 'primary' : 'danger'}
            pending={start.isPending}
            disabledReason={isValid ? undefined : `Enter a number from 1 to ${MOST_AT_ONCE}`}
            onClick={send}
          >
            {label}
          </Button>
        </>
      }
    >
      {count > 1 && (
        <>
          <Field label="At once" hint={`1 to ${MOST_AT_ONCE}`}>
            <Input
              type="number"
              min={1}
              max={MOST_AT_ONCE}
              value={atOnce}
              onChange={(event) => setAtOnce(event.target.value)}
            />
          </Field>
          <Checkbox
            label="Stop at the first failure"
            checked={stopsAtFailure}
            onCheckedChange={setStopsAtFailure}
          />
        </>
      )}
      {start.error !== null && <ErrorState compact error={start.error} />}
    </Dialog>
  );
}

function describe(action: TaskAction, count: number): string {
  const drops = action === 'start' ? '' : 'Open connections are dropped. ';
  if (count === 1) return `${drops}The report says how it ends.`;
  const verb = action === 'start' ? 'started' : 'acted on';
  return `${drops}Those that can’t be ${verb} are left as they are, with the reason in the report.`;
}
