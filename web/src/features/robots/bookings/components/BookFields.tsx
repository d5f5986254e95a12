import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { bookingForecast } from '../../rules.ts';
import { minutesError } from '../booking-form.rules.ts';
import type { BookingForm, BookingTarget } from '../booking-form.rules.ts';

type BookFieldsProps = {
  form: BookingForm;
  targets: BookingTarget[];
  onChange: (change: Partial<BookingForm>) => void;
};

export function BookFields({ form, targets, onChange }: BookFieldsProps) {
  const target = targets.find((one) => one.value === form.target);
  const fault = minutesError(form.minutes) ?? undefined;
  return (
    <>
      <Field label="Robot" hint="One robot, or any of a type.">
        <Select
          value={form.target}
          options={targets.map(({ value, label }) => ({ value, label }))}
          onValueChange={(value) => onChange({ target: value })}
        />
      </Field>
      <div className="flex flex-col gap-1">
        <Checkbox
          label="Queue if it’s taken"
          checked={form.reserve}
          onCheckedChange={(reserve) => onChange({ reserve })}
        />
        <Checkbox
          label="With VPN (can’t be added later)"
          checked={form.vpn}
          onCheckedChange={(vpn) => onChange({ vpn })}
        />
      </div>
      <Field label="Time limit in minutes" error={fault} hint="Terminates it then. Empty: no limit.">
        <Input
          inputMode="numeric"
          className="w-28!"
          value={form.minutes}
          onChange={(event) => onChange({ minutes: event.target.value })}
        />
      </Field>
      {target !== undefined && (
        <p aria-live="polite" className="rounded-md bg-sunken px-3 py-2">
          {bookingForecast({
            name: target.name,
            queueLength: target.queueLength,
            reserve: form.reserve,
            minutes: fault === undefined && form.minutes !== '' ? Number(form.minutes) : null,
          })}
        </p>
      )}
    </>
  );
}
