import type { Booking } from '@cyclorama/shared/robots.ts';

import { CopyButton } from '../../../../ui/copy.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { keyFileOf } from '../../keys/key-file.store.ts';
import { sshCommands } from '../ssh-command.rules.ts';

/** How to get into a robot that is ready; before and after, why there is no way in. */
export function ConnectionPanel({ booking }: { booking: Booking }) {
  return (
    <Panel title="How to connect">
      {booking.connection === null || booking.state !== 'ready' ? (
        <p className="text-muted">{noWayIn(booking)}</p>
      ) : (
        <WayIn id={booking.id} connection={booking.connection} />
      )}
      {booking.note !== null && booking.note !== undefined && (
        <p className="mt-3 text-muted">{booking.note}</p>
      )}
    </Panel>
  );
}

function WayIn({ id, connection }: { id: string; connection: NonNullable<Booking['connection']> }) {
  const keyFile = keyFileOf(id);
  const { protectKey, pinHostKeys, connect } = sshCommands(connection, id, keyFile);
  const steps = [
    ...(protectKey === null
      ? []
      : [{ label: 'Keep your key to yourself', text: protectKey, name: 'chmod command' }]),
    ...(pinHostKeys === null
      ? []
      : [
          {
            label: 'Pin the robot’s host key, as rerobots tells it',
            text: pinHostKeys,
            name: 'host key command',
          },
        ]),
    { label: 'Log in', text: connect, name: 'ssh command' },
  ];
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col gap-3">
        {steps.map((step, index) => (
          <li key={step.name}>
            <Snippet {...step} label={`${index + 1}. ${step.label}`} />
          </li>
        ))}
      </ol>
      {keyFile === null && (
        <p className="text-muted">
          This browser doesn’t know your key’s file. Where ssh doesn’t find it by itself, add <code>-i</code>{' '}
          and its path.
        </p>
      )}
      {connection.hostKeys.length > 0 && (
        <Snippet
          label="The host keys as known_hosts lines"
          text={connection.hostKeys.join('\n')}
          name="host keys"
        />
      )}
      <p className="text-muted">
        Only addresses let through by the robot’s firewall get in: if ssh waits without an answer, yours is
        not among them.
      </p>
    </div>
  );
}

function Snippet({ label, text, name }: { label: string; text: string; name: string }) {
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

function noWayIn({ state, terminationRequested }: Booking): string {
  if (terminationRequested) return 'It is to be ended as soon as it can be.';
  if (state === 'requested') return 'rerobots has not answered yet.';
  if (state === 'queued') return 'You wait in the queue. The robot starts by itself when it is your turn.';
  if (state === 'starting')
    return 'The robot is starting; this takes up to a minute. The way in appears here.';
  if (state === 'ready') return 'The robot is ready; its address is being read.';
  return 'The booking has ended.';
}
