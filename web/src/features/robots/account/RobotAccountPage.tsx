import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { useCan } from '../../../api/session.ts';
import { Page } from '../../../ui/page.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { CiPanel } from './components/CiPanel.tsx';
import { PurgePanel } from './components/PurgePanel.tsx';
import { RevokePanel } from './components/RevokePanel.tsx';
import { SetTokenPanel } from './components/SetTokenPanel.tsx';
import { TokenPanel } from './components/TokenPanel.tsx';
import { accountQuery } from './queries.ts';

export function RobotAccountPage() {
  const isAdmin = useCan('admin');
  return (
    <Page
      title="Robot account"
      subtitle={
        <Link to="/robots" className="hover:underline">
          All robots
        </Link>
      }
    >
      {isAdmin ? <Account /> : <NotForYou />}
      <CiPanel />
    </Page>
  );
}

function NotForYou() {
  return (
    <>
      <p className="text-muted">Only admins can see the account’s tokens.</p>
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <SetTokenPanel isMissing={false} />
        <RevokePanel ownSha256={null} />
        <PurgePanel />
      </div>
    </>
  );
}

function Account() {
  const query = useQuery(accountQuery);
  return (
    <QueryView query={query} loading={<LoadingState rows={6} label="Loading account" />}>
      {(account) => (
        <div className="grid items-start gap-3 lg:grid-cols-2">
          <TokenPanel account={account} />
          <SetTokenPanel isMissing={account.tokenSha256 === null} />
          <RevokePanel ownSha256={account.tokenSha256} />
          <PurgePanel />
        </div>
      )}
    </QueryView>
  );
}
