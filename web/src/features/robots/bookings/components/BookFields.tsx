import type { RobotDeployment } from '@cyclorama/shared/robots.ts';

import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { plainName } from '../../names.rules.ts';
import { bookingForecast, queueText } from '../../rules.ts';
import { minutesError, narrowedTo } from '../booking-form.rules.ts';
import type { BookingForm, BookingTarget } from '../booking-form.rules.ts';

type BookFieldsProps = {
  form: BookingForm;
  targets: BookingTarget[];
  onChange: (change: Partial<BookingForm>) => void;
};

export function BookFields({ form, targets, onChange }: BookFieldsProps) {
  const chosen = targets.find((one) => one.value === form.target);
  const target = chosen && narrowedTo(chosen, form.only);
  const fault = minutesError(form.minutes) ?? undefined;
  return (
    <>
      <Field label="Robot" hint="One robot, or any of a type.">
        <Select
          value={form.target}
          options={targets.map(({ value, label }) => ({ value, label }))}
          onValueChange={(value) => onChange({ target: value, only: null })}
        />
      </Field>
      {chosen !== undefined && chosen.candidates.length > 1 && (
        <Candidates candidates={chosen.candidates} only={form.only} onChange={(only) => onChange({ only })} />
      )}
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

type CandidatesProps = {
  candidates: RobotDeployment[];
  only: string[] | null;
  onChange: (only: string[] | null) => void;
};

/** All ticked is any of the type, also one that comes later. */
function Candidates({ candidates, only, onChange }: CandidatesProps) {
  const ticked = only ?? candidates.map(({ id }) => id);
  const toggle = (id: string, isTicked: boolean) => {
    const next = candidates.flatMap((one) =>
      (one.id === id ? isTicked : ticked.includes(one.id)) ? one.id : [],
    );
    onChange(next.length === candidates.length ? null : next);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="text-xs text-muted">Any of these</legend>
      <div className="mt-1 flex max-h-32 flex-wrap gap-x-6 gap-y-1 overflow-y-auto">
        {candidates.map((robot) => (
          <Checkbox
            key={robot.id}
            label={`${plainName(robot)} (${queueText(robot.queueLength)})`}
            checked={ticked.includes(robot.id)}
            onCheckedChange={(isTicked) => toggle(robot.id, isTicked)}
          />
        ))}
      </div>
    </fieldset>
  );
}
