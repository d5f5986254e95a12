import type { Claim, FunctionPool } from '@cyclorama/shared/claims.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { indexTopology, useTopology } from '../../../../api/use-topology.ts';
import { dashboardUrl } from '../../../../lib/base-path.ts';
import { shortenId } from '../../../../lib/ids.ts';
import { Button } from '../../../../ui/button.tsx';
import { CurlBlock } from '../../../../ui/curl-block.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { unclaimedInstances } from '../adopt.rules.ts';
import { adoptCurl } from '../curl.rules.ts';
import { claimListQuery, useAdopt } from '../queries.ts';

const LEAST_TOKEN = 5;

type AdoptDialogProps = {
  pool: FunctionPool;
  onClose: () => void;
  onAdopted: (claim: Claim) => void;
};

export function AdoptDialog({ pool, onClose, onAdopted }: AdoptDialogProps) {
  const others = useOthers(pool.containerId);
  const [picked, setPicked] = useState<string | undefined>();
  const [token, setToken] = useState('');
  const adopt = useAdopt();
  const instanceId = picked ?? others[0]?.id;
  const short = token !== '' && token.length < LEAST_TOKEN;
  const missing =
    instanceId === undefined
      ? 'Every running instance is claimed here'
      : token.length < LEAST_TOKEN
        ? 'Token: expected at least five characters'
        : undefined;
  const send = () => {
    if (instanceId === undefined) return;
    adopt.mutate({ containerId: pool.containerId, instanceId, token }, { onSuccess: onAdopted });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Adopt an instance of ${isolated(pool.name)}`}
      size="md"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={adopt.isPending} disabledReason={missing} onClick={send}>
            Adopt {instanceId === undefined ? 'it' : shortenId(instanceId)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p>
          These instances were claimed by another tool. With its token you can adopt one: it is listed as
          yours, and you can release it.
        </p>
        <Field label="Instance">
          <Select
            value={instanceId ?? ''}
            options={
              others.length === 0
                ? [{ value: '', label: 'None to adopt' }]
                : others.map(({ id, hostname }) => ({
                    value: id,
                    label: `${isolated(hostname)} · ${shortenId(id)}`,
                  }))
            }
            onValueChange={setPicked}
          />
        </Field>
        <Field
          label="Claim token"
          error={short ? 'Token: expected at least five characters' : undefined}
          hint="Kept encrypted on the server. It is checked only when you release: checking it now would end the run."
        >
          <Input
            type="password"
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </Field>
        {adopt.error !== null && <ErrorState compact error={adopt.error} />}
        {instanceId !== undefined && (
          <CurlBlock command={adoptCurl(dashboardUrl, pool.containerId, instanceId)} />
        )}
      </div>
    </Dialog>
  );
}

function useOthers(containerId: string) {
  const topology = useTopology().data;
  const claims = useQuery(claimListQuery({ state: 'open', containerId })).data?.claims;
  if (topology === undefined || claims === undefined) return [];
  return unclaimedInstances(indexTopology(topology).instancesOfContainer(containerId), claims);
}
