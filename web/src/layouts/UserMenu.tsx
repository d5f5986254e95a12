import { CircleUser } from 'lucide-react';
import { Suspense } from 'react';

import { useSession } from '../api/session.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { Popover } from '../ui/popover.tsx';

const UserSettings = lazyPart(() => import('./UserSettings.tsx'), 'UserSettings');

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
