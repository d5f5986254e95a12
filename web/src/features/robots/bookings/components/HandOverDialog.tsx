import type { Booking } from '@cyclorama/shared/robots.ts';
import { bookingRefusal } from '@cyclorama/shared/rules/bookings.ts';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useHandOver } from '../../access/queries.ts';
import { knownPeople } from '../../fleet/team.rules.ts';
import { bookingName } from '../../names.rules.ts';
import { bookingsQuery } from '../../queries.ts';

export function HandOverButton({ booking }: { booking: Booking }) {
  const { user } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        disabledReason={bookingRefusal('hand-over', booking, user) ?? undefined}
        onClick={() => setOpen(true)}
      >
        Hand over…
      </Button>
      {isOpen && <HandOverDialog booking={booking} onClose={() => setOpen(false)} />}
    </>
  );
}

function HandOverDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const [to, setTo] = useState('');
  const listId = useId();
  const handOver = useHandOver(booking.id);
  const people = knownPeople(useQuery(bookingsQuery('all')).data?.bookings ?? [], booking.owner);
  const name = bookingName(booking);
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        variant="primary"
        pending={handOver.isPending}
        disabledReason={to.trim() === '' ? 'Enter a name.' : undefined}
        onClick={() => handOver.mutate(to.trim(), { onSuccess: onClose })}
      >
        Hand over {name}
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title={`Hand over ${name}`} footer={footer}>
      <div className="flex flex-col gap-3">
        <p>
          The new holder controls it. Your SSH key keeps working until it ends. It counts against their quota.
        </p>
        <Field label="To" hint="Their account name. They must have signed in here before.">
          <Input
            list={listId}
            value={to}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTo(event.target.value)}
          />
        </Field>
        <datalist id={listId}>
          {people.map((person) => (
            <option key={person} value={person} aria-label={person} />
          ))}
        </datalist>
        {handOver.isError && <ErrorState compact error={handOver.error} />}
      </div>
    </Dialog>
  );
}
