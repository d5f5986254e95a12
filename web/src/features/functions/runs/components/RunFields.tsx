import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { isBatch } from '../run-form.rules.ts';
import type { RunForm, RunFormField, TimeUnit } from '../run-form.rules.ts';

const units: { value: TimeUnit; label: string }[] = [
  { value: 's', label: 'seconds' },
  { value: 'min', label: 'minutes' },
  { value: 'h', label: 'hours' },
];

type RunFieldsProps = {
  form: RunForm;
  errors: Partial<Record<RunFormField, string>>;
  onChange: (part: Partial<RunForm>) => void;
};

export function RunFields({ form, errors, onChange }: RunFieldsProps) {
  return (
    <div className="grid items-start gap-x-4 gap-y-3 grid-cols-2 sm:grid-cols-[80px_80px_1fr]">
      <Field label="Runs" error={errors.count}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={form.count}
          onChange={(event) => onChange({ count: event.target.value })}
        />
      </Field>
      <Field label="In parallel" error={errors.concurrency}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={form.concurrency}
          readOnly={!isBatch(form)}
          className={isBatch(form) ? undefined : 'bg-sunken text-muted'}
          onChange={(event) => onChange({ concurrency: event.target.value })}
        />
      </Field>
      <div className="col-span-2 flex items-start gap-2 sm:col-span-1">
        <div className="min-w-0 flex-1">
          <Field
            label="Release after"
            error={errors.releaseAfter}
            hint="Measured from start. 0 releases at once; empty keeps it until you release it."
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              placeholder="never"
              value={form.releaseAfter}
              onChange={(event) => onChange({ releaseAfter: event.target.value })}
            />
          </Field>
        </div>
        <Select
          aria-label="Unit"
          className="mt-6"
          value={form.releaseUnit}
          options={units}
          onValueChange={(releaseUnit) => onChange({ releaseUnit })}
        />
      </div>
    </div>
  );
}
