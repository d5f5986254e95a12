import { Bell, BellOff } from 'lucide-react';

import { describeError } from '../../../../lib/describe-error.ts';
import { Button } from '../../../../ui/button.tsx';
import { toast } from '../../../../ui/toast.ts';
import { useWatch } from '../queries.ts';

type WatchButtonProps = {
  deploymentId: string;
  watching: boolean;
  size?: 'sm' | 'md';
};

/** Notifies once, within a day. */
export function WatchButton({ deploymentId, watching, size = 'md' }: WatchButtonProps) {
  const watch = useWatch(deploymentId);
  const Icon = watching ? BellOff : Bell;
  const toggle = () =>
    watch.mutate(!watching, {
      onSuccess: (answer) => {
        if (answer.watching) {
          toast.info(
            'You will be notified once when it is free.',
            'For one day, while this dashboard is open.',
          );
        }
      },
      onError: (error) => {
        const { message, hint } = describeError(error);
        toast.error(message, hint);
      },
    });
  return (
    <Button
      size={size}
      aria-pressed={watching}
      pending={watch.isPending}
      icon={<Icon aria-hidden size={14} />}
      onClick={toggle}
    >
      {watching ? 'Stop watching' : 'Notify when free'}
    </Button>
  );
}
