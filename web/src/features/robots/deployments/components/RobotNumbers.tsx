import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { holdsRobot } from '@cyclorama/shared/rules/bookings.ts';
import { countRobots } from '@cyclorama/shared/rules/deployments.ts';
import { useQuery } from '@tanstack/react-query';

import { bookingsQuery } from '../../queries.ts';

/** Free and busy first, in a line whose height is reserved. The parts sum to the robots. */
export function RobotNumbers({ deployments }: { deployments: RobotDeployment[] | undefined }) {
  const bookings = useQuery(bookingsQuery('open')).data?.bookings;
  return (
    <p aria-label="Robots now" className="min-h-5">
      {deployments !== undefined && bookings !== undefined && textOf(deployments, heldIn(bookings))}
    </p>
  );
}

const heldIn = (bookings: readonly (Parameters<typeof holdsRobot>[0] & { deploymentId: string | null })[]) =>
  new Set(bookings.filter(holdsRobot).flatMap(({ deploymentId }) => deploymentId ?? []));

function textOf(deployments: RobotDeployment[], heldByUs: ReadonlySet<string>) {
  const { ours, free, heldByOthers, unavailable, unknown } = countRobots(deployments, heldByUs);
  return (
    <>
      <strong className="font-medium">{free} free</strong> · {ours + heldByOthers} busy ({ours} ours,{' '}
      {heldByOthers} others’)
      {unavailable > 0 && ` · ${unavailable} unavailable`}
      {unknown > 0 && ` · ${unknown} not read yet`}
    </>
  );
}
