import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { newBookingRefusal, quotaRefusal } from '@cyclorama/shared/rules/bookings.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { usageQuery } from '../../fleet/queries.ts';
import { openOf } from '../../fleet/team.rules.ts';
import { KeyChooser } from '../../keys/components/KeyChooser.tsx';
import { keyChoiceRefusal, noKeyYet, publicKeyOf } from '../../keys/key-choice.rules.ts';
import type { KeyChoice } from '../../keys/key-choice.rules.ts';
import { rememberKeyFile } from '../../keys/key-file.store.ts';
import { bookingsQuery, useBook } from '../../queries.ts';
import { useMarkBookDialogOpen } from '../book-dialog.store.ts';
import {
  bookingOf,
  emptyForm,
  minutesError,
  narrowedTo,
  onlyRefusal,
  targetsOf,
} from '../booking-form.rules.ts';
import type { BookingForm } from '../booking-form.rules.ts';
import { BookFields } from './BookFields.tsx';
import { RefusalHelp } from './RefusalHelp.tsx';

type BookDialogProps = {
  deployments: RobotDeployment[];
  types: string[];
  /** Preselected robot. */
  deploymentId: string | undefined;
  /** Preselects waiting in the queue. */
  reserve?: boolean;
  onClose: () => void;
  onBooked: (booking: Booking) => void;
};

export function BookDialog(props: BookDialogProps) {
  const { deployments, types, deploymentId, onClose } = props;
  useMarkBookDialogOpen();
  const targets = targetsOf(deployments, types);
  const [form, setForm] = useState<BookingForm>({
    ...emptyForm(deploymentId ?? targets[0]?.value ?? ''),
    reserve: props.reserve ?? false,
  });
  const [key, setKey] = useState<KeyChoice>(noKeyYet);
  const { user } = useSession();
  const { book, refusedWith, send } = useSend(props.onBooked, key);
  const chosen = targets.find((one) => one.value === form.target);
  const target = chosen && narrowedTo(chosen, form.only);
  const quota = useQuotaRefusal();
  const refusal =
    (target === undefined ? 'Choose a robot or type.' : newBookingRefusal(target.deployment, user.role)) ??
    quota ??
    onlyRefusal(form) ??
    minutesError(form.minutes) ??
    keyChoiceRefusal(key);
  const submit = (next: BookingForm) => {
    setForm(next);
    send(bookingOf({ ...next, sshPublicKey: publicKeyOf(key) }, targets));
  };

  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        variant="primary"
        pending={book.isPending}
        disabledReason={refusal ?? undefined}
        onClick={() => submit(form)}
      >
        Book {target?.name ?? 'a robot'}
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title="Book a robot" size="md" footer={footer}>
      <div className="flex flex-col gap-4">
        {quota !== null && (
          <p className="rounded-md border border-warning-line bg-warning-soft px-3 py-2">{quota}</p>
        )}
        <BookFields form={form} targets={targets} onChange={(next) => setForm({ ...form, ...next })} />
        <KeyChooser
          choice={key}
          userName={user.name}
          onChange={(next) => setKey((current) => ({ ...current, ...next }))}
        />
        {refusedWith !== null && (
          <div className="flex flex-col gap-2">
            <ErrorState compact error={refusedWith} />
            {target !== undefined && quota === null && (
              <RefusalHelp
                deploymentId={target.deployment?.id ?? null}
                type={target.type}
                reserved={form.reserve}
                deployments={deployments}
                onQueue={() => submit({ ...form, reserve: true })}
                onOther={(other) => submit({ ...form, target: other.id, only: null })}
              />
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** A refusal, by error or by the booking's state, stays in the dialog. */
function useSend(onBooked: (booking: Booking) => void, key: KeyChoice) {
  const book = useBook();
  const refused = book.data?.state === 'refused' ? book.data.failure : null;
  const send = (request: ReturnType<typeof bookingOf>) =>
    book.mutate(request, {
      onSuccess: (booking) => {
        if (booking.state === 'refused') return;
        if (key.mode === 'make' && key.pair !== null) rememberKeyFile(booking.id, key.pair.fileName);
        onBooked(booking);
      },
    });
  return { book, send, refusedWith: book.error ?? refused ?? null };
}

function useQuotaRefusal(): string | null {
  const { user } = useSession();
  const bookings = useQuery(bookingsQuery('open')).data?.bookings ?? [];
  const quota = useQuery(usageQuery('day')).data?.quota ?? null;
  return quotaRefusal(openOf(bookings, user.name), quota, { role: user.role });
}
