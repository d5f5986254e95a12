import type { PasskeysResponse } from '@cyclorama/shared/passkeys.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { browserRefusal } from '../../api/passkey-prompt.ts';
import { QueryView } from '../../api/query-view.tsx';
import { useCan } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { AddPasskeyDialog } from './components/AddPasskeyDialog.tsx';
import { EveryonesPasskeys } from './components/EveryonesPasskeys.tsx';
import { PasskeysTable } from './components/PasskeysTable.tsx';
import { passkeysQuery } from './queries.ts';
import { addRefusal, policyText } from './rules.ts';

export function PasskeysPage() {
  const passkeys = useQuery(passkeysQuery);
  const isAdmin = useCan('admin');
  const [isAdding, setAdding] = useState(false);
  const { data } = passkeys;
  return (
    <Page
      title="Passkeys"
      subtitle={data === undefined ? null : policyText[data.policy]}
      actions={
        data !== undefined && (
          <Button
            variant="primary"
            disabledReason={addRefusal(data, browserRefusal())}
            onClick={() => setAdding(true)}
          >
            Add passkey…
          </Button>
        )
      }
    >
      <QueryView
        query={passkeys}
        loading={<LoadingState rows={3} label="Loading passkeys" />}
        empty={noPasskeys}
      >
        {(found) => <PasskeysTable caption="Your passkeys" passkeys={found.passkeys} />}
      </QueryView>
      {isAdmin && <EveryonesPasskeys />}
      {isAdding && <AddPasskeyDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function noPasskeys({ passkeys, policy, refusal }: PasskeysResponse) {
  if (passkeys.length > 0) return null;
  const why = addRefusal({ policy, refusal }, browserRefusal());
  return (
    <EmptyState
      title="You have no passkeys"
      hint={
        why ?? 'A fingerprint, a face, a PIN or a security key, kept by your device. It can’t be phished.'
      }
    />
  );
}
