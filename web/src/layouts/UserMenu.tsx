import { CircleUser } from 'lucide-react';
import { Suspense, lazy } from 'react';

import { useSession } from '../api/session.ts';
import { Popover } from '../ui/popover.tsx';

const UserSettings = lazy(() =>
  import('./UserSettings.tsx').then((module) => ({ default: module.UserSettings })),
);

/** Who is signed in; settings and the way out on opening. */
export function UserMenu() {
  const { user } = useSession();
  return (
    <Popover
      label={`${user.name}, ${user.role}: account and settings`}
      trigger={
        <>
          <CircleUser aria-hidden size={16} className="text-muted" />
          <span className="max-w-32 truncate max-sm:hidden">{user.name}</span>
        </>
      }
    >
      {(close) => (
        <div className="min-h-66 w-62">
          <Suspense>
            <UserSettings onLeave={close} />
          </Suspense>
        </div>
      )}
    </Popover>
  );
}
