import type { AlertCondition, AlertMeasure } from '@cyclorama/shared/alerts.ts';
import { alertMeasureUnits } from '@cyclorama/shared/rules/alerts.ts';

import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { isBytes, unitFactor } from '../form.rules.ts';

type Props<C extends AlertCondition = AlertCondition> = {
  condition: C;
  onChange: (condition: AlertCondition) => void;
};
type Of<K extends AlertCondition['kind']> = Props<Extract<AlertCondition, { kind: K }>>;

const optionsOf = <T extends string>(values: readonly T[]) =>
  values.map((value) => ({ value, label: value.replace('-', ' ') }));

/** What a rule of each kind asks for besides its name and how long. */
export function ConditionFields({ condition, onChange }: Props) {
  switch (condition.kind) {
    case 'measure':
      return <MeasureFields condition={condition} onChange={onChange} />;
    case 'group-measure':
      return (
        <>
          <Field label="Of each">
            <Select
              value={condition.of}
              options={optionsOf(['container', 'server'] as const)}
              onValueChange={(of) => onChange({ ...condition, of })}
            />
          </Field>
          <Field label="Its instances as">
            <Select
              value={condition.by}
              options={optionsOf(['sum', 'mean'] as const)}
              onValueChange={(by) => onChange({ ...condition, by })}
            />
          </Field>
          <MeasureFields condition={condition} onChange={onChange} />
        </>
      );
    case 'instance-state':
      return (
        <Field label="Is">
          <Select
            value={condition.is}
            options={optionsOf(['unhealthy', 'not-ready', 'failed', 'not-running'] as const)}
            onValueChange={(is) => onChange({ ...condition, is })}
          />
        </Field>
      );
    case 'container-state':
      return (
        <Field label="Is">
          <Select
            value={condition.is}
            options={optionsOf(['not-well', 'not-running'] as const)}
            onValueChange={(is) => onChange({ ...condition, is })}
          />
        </Field>
      );
    case 'age':
      return (
        <>
          <Field label="Age of">
            <Select
              value={condition.of}
              options={optionsOf(['claim', 'booking', 'deployment'] as const)}
              onValueChange={(of) => onChange({ ...condition, of })}
            />
          </Field>
          <Count
            label="Hours"
            value={condition.hours}
            onChange={(hours) => onChange({ ...condition, hours })}
          />
        </>
      );
    case 'queue':
      return <QueueFields condition={condition} onChange={onChange} />;
    case 'claims':
      return (
        <>
          <Count
            label="Failures at least"
            value={condition.failures}
            onChange={(failures) => onChange({ ...condition, failures })}
          />
          <Count
            label="Within minutes"
            value={condition.minutes}
            onChange={(minutes) => onChange({ ...condition, minutes })}
          />
        </>
      );
    case 'certificate':
      return (
        <Count
          label="Days left, fewer than"
          value={condition.daysLeft}
          onChange={(daysLeft) => onChange({ ...condition, daysLeft })}
        />
      );
    case 'collector':
    case 'pool':
      return null;
    default:
      return condition satisfies never;
  }
}

function MeasureFields({ condition, onChange }: Of<'measure' | 'group-measure'>) {
  const { measure, than, threshold } = condition;
  const factor = unitFactor(measure);
  const units = { percent: '%', bytes: 'MiB', 'bytes-per-second': 'MiB/s', 'per-second': '/s', count: '' };
  const { unit } = alertMeasureUnits[measure];
  return (
    <>
      <Field label="Measure">
        <Select<AlertMeasure>
          value={measure}
          options={(Object.keys(alertMeasureUnits) as AlertMeasure[]).map((value) => ({
            value,
            label: alertMeasureUnits[value].label,
          }))}
          onValueChange={(next) =>
            onChange({ ...condition, measure: next, threshold: isBytes(next) ? 1024 ** 3 : 90 })
          }
        />
      </Field>
      <Field label="Is">
        <Select
          value={than}
          options={optionsOf(['above', 'below'] as const)}
          onValueChange={(next) => onChange({ ...condition, than: next })}
        />
      </Field>
      <Count
        key={measure}
        label={units[unit] === '' ? 'Threshold' : `Threshold, ${units[unit]}`}
        value={threshold / factor}
        onChange={(value) => onChange({ ...condition, threshold: value * factor })}
      />
    </>
  );
}

function QueueFields({ condition, onChange }: Of<'queue'>) {
  return (
    <>
      <Field label="Robot type" hint="Empty for any type.">
        <Input
          value={condition.robotType ?? ''}
          autoComplete="off"
          onChange={(event) => onChange({ ...condition, robotType: event.target.value || null })}
        />
      </Field>
      <Count
        label="More wait than"
        value={condition.above}
        onChange={(above) => onChange({ ...condition, above })}
      />
    </>
  );
}

type CountProps = { label: string; value: number; onChange: (value: number) => void };

function Count({ label, value, onChange }: CountProps) {
  return (
    <Field label={label}>
      <Input
        inputMode="decimal"
        autoComplete="off"
        className="max-w-28"
        defaultValue={String(value)}
        onChange={({ target }) => onChange(target.value.trim() === '' ? Number.NaN : Number(target.value))}
      />
    </Field>
  );
}
