import type { Attention } from '@cyclorama/shared/environment.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { plural } from '../../../../lib/units.ts';
import { Button } from '../../../../ui/button.tsx';
import { BatchDialog } from '../../batches/components/BatchDialog.tsx';
import { VERB } from '../../batches/rules.ts';

type AttentionActionsProps = {
  item: Attention;
  onStarted: (batchId: string) => void;
};

/** The server chooses the instances when it is asked: those that need it then. */
export function AttentionActions({ item: { id, name, remedy }, onStarted }: AttentionActionsProps) {
  const { user } = useSession();
  const [isAsking, setIsAsking] = useState(false);
  if (remedy === null) return null;
  const what = `${plural(remedy.count, 'instance')} of ${isolated(name)}`;
  return (
    <>
      <Button
        size="sm"
        aria-label={`${VERB[remedy.action]} ${what}`}
        disabledReason={roleRefusal(user.role, 'operator') ?? undefined}
        onClick={() => setIsAsking(true)}
      >
        {VERB[remedy.action]} {remedy.count.toLocaleString('en')}
      </Button>
      {isAsking && (
        <BatchDialog
          action={remedy.action}
          what={what}
          count={remedy.count}
          target={{ containers: id, onlyInNeed: true }}
          onClose={() => setIsAsking(false)}
          onStarted={(started) => {
            setIsAsking(false);
            onStarted(started);
          }}
        />
      )}
    </>
  );
}
