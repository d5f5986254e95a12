import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { Page } from '../../ui/page.tsx';
import { LoadingState } from '../../ui/states.tsx';
import { SessionsTable } from './components/SessionsTable.tsx';
import { ownSessionsQuery, useEndOtherSessions } from './queries.ts';

export function OwnSessionsPage() {
  const { user } = useSession();
  const sessions = useQuery(ownSessionsQuery);
  return (
    <Page
      title="Where I’m signed in"
      subtitle="End a session you don’t know, then change your password."
      actions={<EndOthers count={(sessions.data?.sessions.length ?? 1) - 1} />}
    >
      <QueryView query={sessions} loading={<LoadingState rows={2} label="Loading sessions" />}>
        {(data) => <SessionsTable owner={user.name} sessions={data.sessions} />}
      </QueryView>
    </Page>
  );
}

function EndOthers({ count }: { count: number }) {
  const [isAsking, setAsking] = useState(false);
  const end = useEndOtherSessions();
  return (
    <>
      <Button
        disabledReason={count > 0 ? undefined : 'You are signed in only here.'}
        onClick={() => setAsking(true)}
      >
        End all others…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={count === 1 ? 'End the other session?' : `End the ${count} other sessions?`}
        body="Their pages close at once. This session and your access tokens stay."
        actionLabel="End all others"
        pending={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate(undefined, { onSuccess: () => setAsking(false) })}
      />
    </>
  );
}
