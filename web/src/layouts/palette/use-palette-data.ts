import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { useIsSetUp } from '../../api/not-set-up.tsx';
import { useTopology } from '../../api/use-topology.ts';
import { claimListQuery } from '../../features/functions/claims/queries.ts';
import { bookingsQuery, deploymentsQuery } from '../../features/robots/queries.ts';
import { teamQuery } from '../../features/team/queries.ts';
import { variablesQuery } from '../../features/variables/queries.ts';
import type { PaletteData } from './entries.rules.ts';

/** What is known so far: what has not been read, or can't be, is left out. */
export function usePaletteData(): PaletteData & { types: readonly string[] } {
  const hasRobots = useIsSetUp('rerobots') !== false;
  const { data: topology } = useTopology();
  const { data: robots } = useQuery({ ...deploymentsQuery, enabled: hasRobots });
  const { data: booked } = useQuery({ ...bookingsQuery('open'), enabled: hasRobots });
  const { data: claimed } = useQuery(claimListQuery({ state: 'open' }));
  const { data: team } = useQuery(teamQuery);
  const { data: scoped } = useQuery({ ...variablesQuery, refetchInterval: false });
  return useMemo(
    () => ({
      nodes: topology?.nodes ?? [],
      deployments: robots?.deployments ?? [],
      types: robots?.types ?? [],
      bookings: booked?.bookings ?? [],
      claims: claimed?.claims ?? [],
      people: team?.people ?? [],
      variables: scoped?.variables ?? [],
    }),
    [topology, robots, booked, claimed, team, scoped],
  );
}
