import type { AlertSettings } from '@cyclorama/shared/alert-settings.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { alertSettingsQuery } from '../queries.ts';
import { quietText } from '../rows.ts';
import { TellingDialog } from './TellingDialog.tsx';

/** When nothing is told outside of the page, whether Cycle is told, and the button to change it. */
export function Telling() {
  const { user } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(alertSettingsQuery);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
      <p className="text-muted">{data === undefined ? 'Quiet hours: loading' : quietText(data)}</p>
      <Button
        size="sm"
        disabledReason={
          roleRefusal(user.role, 'admin') ?? (data === undefined ? 'They were not read yet.' : undefined)
        }
        onClick={() => setOpen(true)}
      >
        What is told…
      </Button>
      {isOpen && data !== undefined && <TellingDialog settings={data} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Above what fires, while it is quiet. */
export function QuietNow() {
  const { data } = useQuery(alertSettingsQuery);
  return data?.isQuiet === true ? <QuietNote settings={data} /> : null;
}

function QuietNote({ settings: { quietHours: hours } }: { settings: AlertSettings }) {
  if (hours === null) return null;
  return (
    <output className="block rounded-lg border border-line bg-sunken px-3 py-2">
      Quiet hours until {hours.to}, {hours.timeZone}: until then alerts are only shown here.
    </output>
  );
}
