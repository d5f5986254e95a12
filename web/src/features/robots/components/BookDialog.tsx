import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input, TextArea } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { bookingOf, emptyForm, minutesError, targetsOf } from '../booking-form.rules.ts';
import type { BookingForm } from '../booking-form.rules.ts';
import { useBook } from '../robots.queries.ts';
import { bookingForecast, newBookingRefusal } from '../robots.rules.ts';
import { publicKeyError } from '../ssh-key.rules.ts';

interface BookDialogProps {
  deployments: RobotDeployment[];
  types: string[];
  /** The robot chosen to begin with; any of a type can be chosen in its stead. */
  deploymentId: string | undefined;
  onClose: () => void;
  onBooked: (booking: Booking) => void;
}

/** Books one robot or any of a type: what, in which way, for how long; says beforehand what will happen. */
export function BookDialog({ deployments, types, deploymentId, onClose, onBooked }: BookDialogProps) {
  const { user } = useSession();
  const targets = targetsOf(deployments, types);
  const [form, setForm] = useState<BookingForm>(emptyForm(deploymentId ?? targets[0]?.value ?? ''));
  const book = useBook();
  const change = (next: Partial<BookingForm>) => setForm({ ...form, ...next });
  const target = targets.find((one) => one.value === form.target);
  const faults = {
    minutes: minutesError(form.minutes) ?? undefined,
    key: publicKeyError(form.sshPublicKey) ?? undefined,
  };
  const refusal =
    target === undefined ? 'Choose a robot or a type' : newBookingRefusal(target.deployment, user.role);

  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        variant="primary"
        pending={book.isPending}
        disabledReason={refusal ?? faults.minutes ?? faults.key}
        onClick={() => book.mutate(bookingOf(form, targets), { onSuccess: onBooked })}
      >
        Book {target?.name ?? 'a robot'}
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title="Book a robot" size="md" footer={footer}>
      <div className="flex flex-col gap-4">
        <Field label="Robot" hint="One robot, or whichever of a type is free first.">
          <Select
            value={form.target}
            options={targets.map(({ value, label }) => ({ value, label }))}
            onValueChange={(value) => change({ target: value })}
          />
        </Field>
        <div className="flex flex-col gap-1">
          <Checkbox
            label="Wait in the queue if it is busy"
            checked={form.reserve}
            onCheckedChange={(reserve) => change({ reserve })}
          />
          <Checkbox
            label="With VPN (can’t be added later; the client file is shown by rerobots once)"
            checked={form.vpn}
            onCheckedChange={(vpn) => change({ vpn })}
          />
        </div>
        <Field
          label="Time limit in minutes"
          error={faults.minutes}
          hint="The robot is ended by itself then. Empty for no limit: end it yourself."
        >
          <Input
            inputMode="numeric"
            className="w-28!"
            value={form.minutes}
            onChange={(event) => change({ minutes: event.target.value })}
          />
        </Field>
        <Field
          label="Your SSH public key"
          error={faults.key}
          hint="One line, such as the content of ~/.ssh/id_ed25519.pub. The private half stays with you. Empty: rerobots makes a pair, and you fetch its private half from rerobots."
        >
          <TextArea
            rows={2}
            value={form.sshPublicKey}
            spellCheck={false}
            autoComplete="off"
            placeholder="ssh-ed25519 AAAA… you@host"
            className="font-mono"
            onChange={(event) => change({ sshPublicKey: event.target.value })}
          />
        </Field>
        {target !== undefined && (
          <p aria-live="polite" className="rounded-md bg-sunken px-3 py-2">
            {bookingForecast({
              name: target.name,
              queueLength: target.queueLength,
              reserve: form.reserve,
              minutes: faults.minutes === undefined && form.minutes !== '' ? Number(form.minutes) : null,
            })}
          </p>
        )}
        {book.isError && <ErrorState compact error={book.error} />}
      </div>
    </Dialog>
  );
}
