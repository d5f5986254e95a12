import type { FunctionPool } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { dashboardUrl } from '../../../../lib/base-path.ts';
import { plural } from '../../../../lib/units.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { CurlBlock } from '../../../../ui/curl-block.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Select } from '../../../../ui/select.tsx';
import { actionCurl } from '../curl.rules.ts';
import { claimListQuery, useReleaseMine } from '../queries.ts';

type ReleaseMineDialogProps = {
  pools: FunctionPool[];
  /** Preselected function; undefined: all. */
  containerId: string | undefined;
  onClose: () => void;
};

export function ReleaseMineDialog({ pools, containerId: given, onClose }: ReleaseMineDialogProps) {
  const { user } = useSession();
  const [containerId, setContainerId] = useState(given ?? '');
  const release = useReleaseMine();
  const chosen = containerId === '' ? undefined : containerId;
  const open = useQuery(claimListQuery({ state: 'open', owner: user.name, containerId: chosen }));
  const body = chosen === undefined ? {} : { containerId: chosen };
  if (release.data !== undefined) return <Released {...release.data} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="Release my claims?"
      body={
        <div className="flex flex-col gap-3">
          <Field label="Function">
            <Select
              value={containerId}
              options={[
                { value: '', label: 'All functions' },
                ...pools.map((pool) => ({ value: pool.containerId, label: pool.name })),
              ]}
              onValueChange={setContainerId}
            />
          </Field>
          <p className="min-h-5">
            {open.data !== undefined &&
              `${isolated(user.name)} has ${plural(open.data.claims.length, 'open claim')}. `}
            Running instances are stopped at once and lose their work. Running batches continue to claim.
          </p>
          <CurlBlock command={actionCurl(dashboardUrl, paths.claimsReleaseMine(), body)} />
        </div>
      }
      actionLabel="Release my claims"
      typeToConfirm="release all"
      pending={release.isPending}
      error={release.error}
      onConfirm={() => release.mutate(body)}
    />
  );
}

function Released(outcome: { released: number; failed: number; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={outcome.onClose}
      title="Released"
      footer={
        <Button variant="primary" onClick={outcome.onClose}>
          Close
        </Button>
      }
    >
      <p>
        {outcome.released === 0 && outcome.failed === 0
          ? 'Nothing to release.'
          : `${plural(outcome.released, 'claim')} released or being released.`}
      </p>
      {outcome.failed > 0 && (
        <p role="alert" className="text-danger-text">
          {plural(outcome.failed, 'claim')} not released: the scheduler refused. They are still yours.
        </p>
      )}
    </Dialog>
  );
}
