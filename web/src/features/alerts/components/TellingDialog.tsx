import { quietHours } from '@cyclorama/shared/alert-settings.ts';
import type { AlertSettings } from '@cyclorama/shared/alert-settings.ts';
import { useState } from 'react';

import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { useSaveAlertSettings } from '../queries.ts';

const hereZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function TellingDialog({ settings, onClose }: { settings: AlertSettings; onClose: () => void }) {
  const before = settings.quietHours;
  const [form, setForm] = useState(before ?? { from: '22:00', to: '07:00', timeZone: hereZone() });
  const [hasQuiet, setQuiet] = useState(before !== null);
  const [toMonitoring, setToMonitoring] = useState(settings.toMonitoring);
  const save = useSaveAlertSettings();
  const checked = quietHours.safeParse(form);
  const errorOf = (field: keyof typeof form): string | undefined =>
    checked.error?.issues.find(({ path }) => path[0] === field)?.message;
  const field = (name: keyof typeof form) => ({
    value: form[name],
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="What is told"
      description="Of alerts, outside of this page."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={save.isPending}
            disabledReason={hasQuiet ? checked.error?.issues[0]?.message : undefined}
            onClick={() =>
              save.mutate({ quietHours: hasQuiet ? form : null, toMonitoring }, { onSuccess: onClose })
            }
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Checkbox
          label="Also send to Cycle’s monitoring, as events"
          checked={toMonitoring}
          onCheckedChange={setToMonitoring}
        />
        <Checkbox label="Quiet hours each day" checked={hasQuiet} onCheckedChange={setQuiet} />
        {hasQuiet && (
          <>
            <p className="text-muted">
              Between these times nothing is told, neither what fires nor what is over. What still fires when
              they end is told then.
            </p>
            <div className="flex flex-wrap gap-4">
              <Field label="From" error={errorOf('from')}>
                <Input type="time" className="w-32" {...field('from')} />
              </Field>
              <Field label="To" error={errorOf('to')}>
                <Input type="time" className="w-32" {...field('to')} />
              </Field>
            </div>
            <Field
              label="Time zone"
              error={errorOf('timeZone')}
              hint="Whose clocks count, such as Europe/Berlin."
            >
              <Input {...field('timeZone')} />
            </Field>
          </>
        )}
        {save.error !== null && <ErrorState compact error={save.error} />}
      </div>
    </Dialog>
  );
}
