import { Link } from '@tanstack/react-router';
import { Fingerprint, KeySquare, LogOut, MonitorSmartphone } from 'lucide-react';

import { useSession, useSignOut } from '../api/session.ts';
import { cx } from '../lib/class-names.ts';
import { setTheme, useTheme } from '../lib/theme.ts';
import { setZone, useZone } from '../lib/time.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { ErrorState } from '../ui/states.tsx';

type ChoiceProps<T extends string> = {
  legend: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
};

function Choice<T extends string>({ legend, value, options, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-xs text-muted">{legend}</legend>
      <div className="flex rounded-md bg-sunken p-0.5">
        {options.map(([option, label]) => (
          <button
            key={option}
            type="button"
            aria-pressed={option === value}
            onClick={() => onChange(option)}
            className={cx(
              'h-7 flex-1 rounded px-2 text-xs',
              option === value ? 'bg-panel font-medium shadow-sm ring-1 ring-line-strong' : 'text-muted',
            )}
          >
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function UserSettings({ onLeave }: { onLeave: () => void }) {
  const { user } = useSession();
  const theme = useTheme();
  const zone = useZone();
  const signOut = useSignOut();
  return (
    <div className="flex w-60 flex-col gap-3 p-1">
      <div>
        <p className="truncate font-medium">{user.name}</p>
        <p className="text-xs text-muted">Signed in as {user.role}</p>
      </div>
      <Choice
        legend="Appearance"
        value={theme}
        onChange={setTheme}
        options={[
          ['system', 'System'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
      />
      <Choice
        legend="Times"
        value={zone}
        onChange={setZone}
        options={[
          ['local', 'Local'],
          ['utc', 'UTC'],
        ]}
      />
      <Link to="/access-tokens" onClick={onLeave} className={buttonClass('secondary')}>
        <KeySquare aria-hidden size={14} />
        Access tokens
      </Link>
      <Link to="/sessions" onClick={onLeave} className={buttonClass('secondary')}>
        <MonitorSmartphone aria-hidden size={14} />
        Where I’m signed in
      </Link>
      <Link to="/passkeys" onClick={onLeave} className={buttonClass('secondary')}>
        <Fingerprint aria-hidden size={14} />
        Passkeys
      </Link>
      {signOut.error !== null && <ErrorState compact error={signOut.error} />}
      <Button
        icon={<LogOut aria-hidden size={14} />}
        pending={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        Sign out
      </Button>
    </div>
  );
}
