import { REVEALED_FOR_MS } from '@cyclorama/shared/variables.ts';
import type { RevealedVariable } from '@cyclorama/shared/variables.ts';
import { useEffect, useEffectEvent } from 'react';

import { serverNow } from '../../../lib/server-clock.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { Countdown } from '../../../ui/time.tsx';
import { useReveal } from '../queries.ts';

export function RevealDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const reveal = useReveal();
  const { data } = reveal;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={name}
      size="md"
      footer={
        data === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" pending={reveal.isPending} onClick={() => reveal.mutate(name)}>
              Show the value
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            Hide and close
          </Button>
        )
      }
    >
      {data === undefined ? (
        <p>
          It is shown for {REVEALED_FOR_MS / 1000} seconds, to you only. Showing it is recorded in the
          activity log first.
        </p>
      ) : (
        <Value shown={data} onOver={onClose} />
      )}
      {reveal.error !== null && <ErrorState compact error={reveal.error} />}
    </Dialog>
  );
}

function Value({ shown: { name, value, hideAt }, onOver }: { shown: RevealedVariable; onOver: () => void }) {
  const over = useEffectEvent(onOver);
  useEffect(() => {
    const timer = setTimeout(() => over(), Math.max(0, Date.parse(hideAt) - serverNow()));
    return () => clearTimeout(timer);
  }, [hideAt]);
  return (
    <>
      <div className="flex items-start gap-2 rounded-md bg-sunken px-2.5 py-1.5">
        <code
          aria-label={`Value of ${name}`}
          className="max-h-[50vh] min-w-0 flex-1 overflow-auto font-mono text-xs leading-6 break-all whitespace-pre-wrap"
        >
          {value}
        </code>
        <CopyButton text={value} label={name} />
      </div>
      <p className="text-muted">
        Hidden in <Countdown to={hideAt} warnBelow={10_000} />.
      </p>
    </>
  );
}
