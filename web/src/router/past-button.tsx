import { History } from 'lucide-react';

import { useMoment } from '../lib/moment.ts';
import { serverNow } from '../lib/server-clock.ts';
import { Button } from '../ui/button.tsx';
import { useGoToMoment } from './moment.ts';

const MINUTE_MS = 60_000;

/** Shows the page as it was a minute ago; from there any minute can be chosen. */
export function PastButton() {
  const moment = useMoment();
  const goTo = useGoToMoment();
  if (moment !== null) return null;
  return (
    <Button
      variant="ghost"
      icon={<History aria-hidden size={14} />}
      onClick={() => goTo(Math.floor(serverNow() / MINUTE_MS - 1) * MINUTE_MS)}
    >
      Past
    </Button>
  );
}
