import { useState } from 'react';

import { Button } from '../../../ui/button.tsx';
import { RevealDialog } from './RevealDialog.tsx';

type RevealButtonProps = { name: string; isEmpty: boolean; mayReveal: boolean };

export function RevealButton({ name, isEmpty, mayReveal }: RevealButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const reason = isEmpty
    ? 'It has no value: Cycle could not fetch it from its URL, or it was given none.'
    : mayReveal
      ? undefined
      : 'Only admins can show a value.';
  return (
    <>
      <Button size="sm" aria-label={`Show ${name}`} disabledReason={reason} onClick={() => setOpen(true)}>
        Show…
      </Button>
      {isOpen && <RevealDialog name={name} onClose={() => setOpen(false)} />}
    </>
  );
}
