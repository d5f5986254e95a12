import type { Booking } from '@cyclorama/shared/robots.ts';

import { CopyButton } from '../../../../ui/copy.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { keyFileOf } from '../../keys/key-file.store.ts';
import { sshCommands } from '../ssh-command.rules.ts';

export function ConnectionPanel({ booking }: { booking: Booking }) {
  const isReady = booking.connection !== null && booking.state === 'ready';
  return (
    <Panel
      title="Connect"
      actions={isReady && <span className="text-xs text-muted">then the key, and log in</span>}
    >
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
      : [{ label: 'Restrict access to your key', text: protectKey, name: 'chmod command' }]),
    ...(pinHostKeys === null
      ? []
      : [
          {
            label: 'Pin the robot’s host key',
            text: pinHostKeys,
            name: 'host key command',
          },
        ]),
    { label: 'Log in', text: connect, name: 'ssh command' },
  ];
  return (
    <div className="flex flex-col gap-3">
      <ol start={2} className="flex flex-col gap-3">
        {steps.map((step, index) => (
          <li key={step.name}>
            <Snippet {...step} label={`${index + 2}. ${step.label}`} />
          </li>
        ))}
      </ol>
      {keyFile === null && (
        <p className="text-muted">
          If ssh doesn’t find your key, add <code>-i</code> and its path.
        </p>
      )}
      {connection.hostKeys.length > 0 && (
        <Snippet
          label="Host keys (known_hosts lines)"
          text={connection.hostKeys.join('\n')}
          name="host keys"
        />
      )}
      <p className="text-muted">
        If ssh waits without an answer, the firewall does not allow your address: see step 1.
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
  if (terminationRequested) return 'Termination requested.';
  if (state === 'requested') return 'rerobots has not answered yet.';
  if (state === 'queued') return 'Queued. The robot starts when it’s your turn.';
  if (state === 'starting') return 'Starting. This takes up to a minute.';
  if (state === 'ready') return 'Ready. Reading its address.';
  return 'The booking has ended.';
}
