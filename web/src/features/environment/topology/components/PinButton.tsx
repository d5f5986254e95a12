import { Pin, PinOff } from 'lucide-react';

import { Button } from '../../../../ui/button.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { usePin, usePins } from '../queries.ts';

/** What is pinned is first in the person's table. */
export function PinButton({ id }: { id: string }) {
  const isPinned = usePins().has(id);
  const pin = usePin(id);
  const Icon = isPinned ? PinOff : Pin;
  return (
    <>
      <Button
        size="sm"
        icon={<Icon aria-hidden size={14} />}
        disabled={pin.isPending}
        onClick={() => pin.mutate(!isPinned)}
      >
        {isPinned ? 'Unpin' : 'Pin'}
      </Button>
      {pin.error !== null && <ErrorState compact error={pin.error} />}
    </>
  );
}
