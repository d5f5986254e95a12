import type { AccessTokensResponse } from '@cyclorama/shared/access-tokens.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { NewTokenDialog } from './components/NewTokenDialog.tsx';
import { TokensTable } from './components/TokensTable.tsx';
import { accessTokensQuery } from './queries.ts';

export function AccessTokensPage() {
  const tokens = useQuery(accessTokensQuery);
  const [isMaking, setMaking] = useState(false);
  return (
    <Page
      title="Access tokens"
      subtitle="For scripts. A token calls the dashboard’s API in your name, with your rights at most."
      actions={
        <>
          <Link to="/access-tokens/api" className={buttonClass('secondary')}>
            API
          </Link>
          <Button variant="primary" onClick={() => setMaking(true)}>
            New token…
          </Button>
        </>
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
      hint="Create one for each script or machine, so you can delete them one by one."
    />
  );
}
