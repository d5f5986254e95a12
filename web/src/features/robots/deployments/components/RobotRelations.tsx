import type { DeploymentDetail } from '@cyclorama/shared/robot-fleet.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { useQuery } from '@tanstack/react-query';

import { ResourceLink } from '../../../../router/resource-link.tsx';
import { RelationList } from '../../../../ui/relation-list.tsx';
import type { Relation } from '../../../../ui/relation-list.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../../ui/states.tsx';
import { deploymentName } from '../../names.rules.ts';
import { deploymentsQuery } from '../../queries.ts';
import { Occupancy } from './Occupancy.tsx';

/** The bookings that hold or wait for it, and the robots that could be had instead. */
export function RobotRelations({ detail: { deployment, bookings } }: { detail: DeploymentDetail }) {
  const all = useQuery(deploymentsQuery).data?.deployments ?? [];
  const open = bookings.filter(isOpenBooking).map(({ id, owner, state }): Relation => ({
    id,
    link: (
      <ResourceLink kind="booking" id={id}>
        {owner ?? 'Not booked here'}
      </ResourceLink>
    ),
    note: <StateLabel state={state} />,
  }));
  const others = all.filter(({ id, type }) => type === deployment.type && id !== deployment.id);
  if (open.length === 0 && others.length === 0)
    return <EmptyState title="No open booking and no other robot of this type." />;
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <RelationList title="Open bookings" relations={open} />
      <RelationList title={`Other ${deployment.type} robots`} relations={others.map(relationOf)} />
    </div>
  );
}

const relationOf = (robot: RobotDeployment): Relation => ({
  id: robot.id,
  link: (
    <ResourceLink kind="deployment" id={robot.id}>
      {deploymentName(robot)}
    </ResourceLink>
  ),
  note: <Occupancy robot={robot} />,
});
