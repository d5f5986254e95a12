import type { TaskAction } from '@cyclorama/shared/environment.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { plural } from '../../../../lib/units.ts';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useStartBatch } from '../queries.ts';
import { CompareLink } from './CompareLink.tsx';

/** As the API allows. */
const MOST_AT_ONCE = 50;
const ACTIONS = ['restart', 'start', 'stop'] as const;
const VERB: Record<TaskAction, string> = { restart: 'Restart', start: 'Start', stop: 'Stop' };

type BulkBarProps = {
  shown: readonly string[];
  selected: ReadonlySet<string>;
  onSelectedChange: (selected: ReadonlySet<string>) => void;
  onStarted: (batchId: string) => void;
};

/** Only what is selected is acted on, also where the filter no longer shows it. */
export function BulkBar({ shown, selected, onSelectedChange, onStarted }: BulkBarProps) {
  const { user } = useSession();
  const [asking, setAsking] = useState<TaskAction | null>(null);
  const refusal = roleRefusal(user.role, 'operator') ?? undefined;
  const isAllSelected = shown.every((id) => selected.has(id));
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {!isAllSelected && (
        <Button size="sm" variant="ghost" onClick={() => onSelectedChange(new Set(shown))}>
          Select all {shown.length.toLocaleString('en')}
        </Button>
      )}
      {selected.size > 0 && (
        <>
          {ACTIONS.map((action) => (
            <Button key={action} size="sm" disabledReason={refusal} onClick={() => setAsking(action)}>
              {VERB[action]} {selected.size.toLocaleString('en')}
            </Button>
          ))}
          <CompareLink ids={[...selected]} onClear={() => onSelectedChange(new Set())} />
        </>
      )}
      {asking !== null && (
        <BulkDialog
          action={asking}
          ids={[...selected]}
          onClose={() => setAsking(null)}
          onStarted={(id) => {
            setAsking(null);
            onSelectedChange(new Set());
            onStarted(id);
          }}
        />
      )}
    </span>
  );
}

type BulkDialogProps = {
  action: TaskAction;
  ids: readonly string[];
  onClose: () => void;
  onStarted: (batchId: string) => void;
};

function BulkDialog({ action, ids, onClose, onStarted }: BulkDialogProps) {
  const [atOnce, setAtOnce] = useState('5');
  const [stopsAtFailure, setStopsAtFailure] = useState(true);
  const start = useStartBatch();
  const concurrency = Number(atOnce);
  const isValid = Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MOST_AT_ONCE;
  const label = `${VERB[action]} ${plural(ids.length, 'instance')}`;
  const send = () =>
    start.mutate(
      { action, instances: ids.join(','), concurrency, stopAfterFailures: stopsAtFailure ? 1 : null },
      { onSuccess: ({ id }) => onStarted(id) },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${label}?`}
      description={
        action === 'start'
          ? 'Those that can’t be started are left as they are, with the reason in the report.'
          : 'Open connections are dropped. Those that can’t be acted on are left as they are, with the reason in the report.'
      }
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
      {start.error !== null && <ErrorState compact error={start.error} />}
    </Dialog>
  );
}
