import { NotSetUp, useIsSetUp } from '../../../api/not-set-up.tsx';
import { useCan } from '../../../api/session.ts';

/** For admins, who can change it: others see a timeline without jobs. */
export function JobsNotSetUp() {
  const isSetUp = useIsSetUp('platform');
  const isAdmin = useCan('admin');
  if (isSetUp !== false || !isAdmin) return null;
  return (
    <details className="text-muted">
      <summary className="cursor-pointer text-xs">Cycle jobs are not set up</summary>
      <NotSetUp name="platform" />
    </details>
  );
}
