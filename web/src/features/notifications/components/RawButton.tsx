import type { CycleNotification } from '@cyclorama/shared/notifications.ts';
import { useState } from 'react';

import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Absolute } from '../../../ui/time.tsx';

export function RawButton({ notification }: { notification: CycleNotification }) {
  const [isOpen, setOpen] = useState(false);
  const { topic, number, at, raw } = notification;
  const text = JSON.stringify(raw, null, 2);
  return (
    <>
      <Button size="sm" variant="ghost" aria-label={`Raw ${topic} ${number}`} onClick={() => setOpen(true)}>
        Raw
      </Button>
      {isOpen && (
        <Dialog
          open
          onOpenChange={() => setOpen(false)}
          title={topic}
          description={
            <>
              Arrived <Absolute at={at} />.
            </>
          }
          size="md"
        >
          {raw === null ? (
            <p className="text-muted">It was too large to keep.</p>
          ) : (
            <div className="flex items-start gap-1 rounded-md border border-line bg-sunken p-2">
              <CodeBlock text={text} label="Notification as JSON" className="max-h-[60vh] min-w-0 flex-1" />
              <CopyButton text={text} label="notification" />
            </div>
          )}
        </Dialog>
      )}
    </>
  );
}
