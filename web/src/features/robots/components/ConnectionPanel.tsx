import type { Booking } from '@cyclorama/shared/robots.ts';
import type { ReactNode } from 'react';

import { CopyButton } from '../../../ui/copy.tsx';
import { Panel } from '../../../ui/panel.tsx';

/** How to get into a robot that is ready; before and after, why there is no way in. */
export function ConnectionPanel({ booking }: { booking: Booking }) {
  const { connection } = booking;
  return (
    <Panel title="How to connect">
      {connection === null || booking.state !== 'ready' ? (
        <p className="text-muted">{noWayIn(booking)}</p>
      ) : (
        <div className="flex flex-col gap-3">
          <Snippet label="1. Log in with your private key" text={connection.command} name="ssh command" />
          {connection.hostKeys.length > 0 && (
            <Snippet
              label="2. Optional: put its host keys into ~/.ssh/known_hosts first, so that ssh needs not ask"
              text={connection.hostKeys.join('\n')}
              name="host keys"
            />
          )}
          <p className="text-muted">
            Only addresses let through by the robot’s firewall get in: if ssh waits without an answer, yours
            is not among them.
          </p>
        </div>
      )}
    </Panel>
  );
}

function Snippet({ label, text, name }: { label: ReactNode; text: string; name: string }) {
  return (
    <div className="flex flex-col gap-1">
      <p>{label}</p>
      <div className="flex items-start gap-1 rounded-md bg-sunken p-2">
        <pre className="min-w-0 flex-1 font-mono text-xs break-all whitespace-pre-wrap">{text}</pre>
        <CopyButton text={text} label={name} />
      </div>
    </div>
  );
}

function noWayIn({ state, terminationWished }: Booking): string {
  if (terminationWished) return 'It is to be ended as soon as it can be.';
  if (state === 'requested') return 'rerobots has not answered yet.';
  if (state === 'queued') return 'You wait in the queue. The robot starts by itself when it is your turn.';
  if (state === 'starting')
    return 'The robot is starting; this takes up to a minute. The way in appears here.';
  if (state === 'ready') return 'The robot is ready; its address is being read.';
  return 'The booking has ended.';
}
