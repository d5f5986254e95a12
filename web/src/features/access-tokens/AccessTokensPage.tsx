import type { AccessTokensResponse } from '@cyclorama/shared/access-tokens.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { NewTokenDialog } from './components/NewTokenDialog.tsx';
import { TokensTable } from './components/TokensTable.tsx';
import { accessTokensQuery } from './queries.ts';

/** The person's own access tokens, for scripts that call the dashboard's API. */
export function AccessTokensPage() {
  const tokens = useQuery(accessTokensQuery);
  const [isMaking, setMaking] = useState(false);
  return (
    <Page
      title="Access tokens"
      subtitle="For scripts: a token calls the dashboard’s API in your name, and never does more than you may."
      actions={
        <Button variant="primary" onClick={() => setMaking(true)}>
          New token…
        </Button>
      }
    >
      <QueryView query={tokens} loading={<LoadingState rows={3} label="Loading tokens" />} empty={noTokens}>
        {(data) => <TokensTable tokens={data.tokens} />}
      </QueryView>
      {isMaking && <NewTokenDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}

function noTokens({ tokens }: AccessTokensResponse) {
  if (tokens.length > 0) return null;
  return (
    <EmptyState
      title="No access tokens"
      hint="Make one for each script or machine, so that each can be deleted on its own."
    />
  );
}
