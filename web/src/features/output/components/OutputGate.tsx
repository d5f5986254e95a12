import type { ReactNode } from 'react';

import { NotSetUp, useIsSetUp } from '../../../api/not-set-up.tsx';
import { useCan } from '../../../api/session.ts';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';

const parts = {
  logs: {
    title: 'Logs are not set up',
    use: 'To show and search what the instance wrote in the last 72 hours, Cyclorama needs an API key of Cycle’s public API with the capability monitor-view.',
  },
  console: {
    title: 'The console is not set up',
    use: 'To show what the instance writes as it writes it, Cyclorama needs an API key of Cycle’s public API with the capability containers-console.',
  },
};

/** Who may read what programs write, and what that needs. */
export function OutputGate({ part, children }: { part: keyof typeof parts; children: ReactNode }) {
  const mayRead = useCan('operator');
  const isSetUp = useIsSetUp('platform');
  if (!mayRead)
    return (
      <EmptyState
        title="Not for viewers"
        hint="Programs may write anything, secrets too. Operators and admins can read it."
      />
    );
  if (isSetUp === undefined) return <LoadingState rows={6} />;
  return isSetUp ? children : <NotSetUp name="platform" as={parts[part]} />;
}
