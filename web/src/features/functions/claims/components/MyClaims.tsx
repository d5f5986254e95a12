import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../../api/query-view.tsx';
import { useSession } from '../../../../api/session.ts';
import { LoadingState } from '../../../../ui/states.tsx';
import { claimListQuery } from '../queries.ts';
import { stillMatching } from '../rows.ts';
import { ClaimsTable } from './ClaimsTable.tsx';

export function MyClaims() {
  const { user } = useSession();
  const filter = { state: 'open', owner: user.name } as const;
  const claims = useQuery(claimListQuery(filter));
  return (
    <section aria-labelledby="mine-heading" className="flex min-w-0 flex-col gap-2">
      <h2 id="mine-heading" className="pt-2 text-sm">
        My claims
      </h2>
      <QueryView query={claims} loading={<LoadingState rows={2} label="Loading your claims" />}>
        {(data) => {
          const open = stillMatching(data.claims, filter);
          return open.length === 0 ? (
            <p className="text-muted">
              You have no open claims. See{' '}
              <Link
                to="/functions"
                search={{ view: 'claims', who: 'mine', state: 'ended' }}
                className="underline"
              >
                your ended claims
              </Link>
              .
            </p>
          ) : (
            <ClaimsTable caption="My claims" claims={open} />
          );
        }}
      </QueryView>
    </section>
  );
}
