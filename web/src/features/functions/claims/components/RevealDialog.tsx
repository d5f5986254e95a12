import type { Claim, ClaimSecrets } from '@cyclorama/shared/claims.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { Button } from '../../../../ui/button.tsx';
import { CopyButton } from '../../../../ui/copy.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useReveal } from '../queries.ts';

export function RevealDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const reveal = useReveal(claim.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Token and variables"
      description={`${isolated(claim.containerName)}, claimed by ${isolated(claim.owner)}.`}
      size="md"
      footer={
        reveal.data === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" pending={reveal.isPending} onClick={() => reveal.mutate()}>
              Show token and variables
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            Hide and close
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        {reveal.data === undefined ? (
          <p>
            Anyone with the token can spawn and release the instance. Showing it is recorded in the activity
            log.
          </p>
        ) : (
          <Secrets secrets={reveal.data} />
        )}
        {reveal.error !== null && <ErrorState compact error={reveal.error} />}
      </div>
    </Dialog>
  );
}

function Secrets({ secrets }: { secrets: ClaimSecrets }) {
  const variables = Object.entries(secrets.environmentVariables);
  return (
    <>
      <dl className="flex flex-col gap-2">
        {secrets.token !== '' && <Secret name="Token" value={secrets.token} />}
        {variables.map(([name, value]) => (
          <Secret key={name} name={name} value={value} />
        ))}
      </dl>
      {secrets.token === '' && <p className="text-muted">The claim has ended and its token was deleted.</p>}
      {variables.length === 0 && <p className="text-muted">No variables.</p>}
    </>
  );
}

function Secret({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md bg-sunken px-2.5 py-1.5">
      <dt className="w-32 shrink-0 font-mono text-xs leading-6 break-all text-muted">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-start gap-1">
        <code className="min-w-0 flex-1 font-mono text-xs leading-6 break-all whitespace-pre-wrap">
          {value}
        </code>
        <CopyButton text={value} label={name} />
      </dd>
    </div>
  );
}
