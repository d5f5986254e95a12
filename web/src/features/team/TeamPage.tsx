import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../api/query-view.tsx';
import { Page } from '../../ui/page.tsx';
import { LoadingState } from '../../ui/states.tsx';
import { PeopleTable } from './components/PeopleTable.tsx';
import { PersonSheet } from './components/PersonSheet.tsx';
import { teamQuery } from './queries.ts';
import { useTeamSearch } from './search.ts';

export function TeamPage() {
  const team = useQuery(teamQuery);
  const [search, change] = useTeamSearch();
  return (
    <Page title="Team" subtitle="Everyone who has signed in, what they may do, and where they are signed in.">
      <QueryView query={team} loading={<LoadingState rows={4} label="Loading people" />}>
        {({ people }) => {
          const open = people.find(({ name }) => name === search.person);
          return (
            <>
              <PeopleTable people={people} onOpen={({ name }) => change({ person: name })} />
              {open !== undefined && (
                <PersonSheet
                  key={open.name}
                  member={open}
                  team={people}
                  onClose={() => change({ person: undefined })}
                />
              )}
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}
