import type { Passkey } from '@cyclorama/shared/passkeys.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../api/query-view.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { everyonesPasskeysQuery } from '../queries.ts';
import { PasskeysTable } from './PasskeysTable.tsx';

/** For admins: who has lost a device can't remove its passkey themselves. */
export function EveryonesPasskeys() {
  const everyone = useQuery(everyonesPasskeysQuery);
  return (
    <section className="mt-3 flex flex-col gap-2">
      <h2 className="text-md font-medium">Everyone’s passkeys</h2>
      <p className="text-muted">
        Remove the passkey of someone who has lost it; their password then suffices.
      </p>
      <QueryView
        query={everyone}
        loading={<LoadingState rows={3} label="Loading everyone’s passkeys" />}
        empty={nobodys}
      >
        {({ passkeys }) => <PasskeysTable caption="Everyone’s passkeys" passkeys={passkeys} withPeople />}
      </QueryView>
    </section>
  );
}

function nobodys({ passkeys }: { passkeys: Passkey[] }) {
  return passkeys.length === 0 ? <p className="text-muted">Nobody has one.</p> : null;
}
