import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { holdsRobot } from '@cyclorama/shared/rules/bookings.ts';
import { useOfRobot } from '@cyclorama/shared/rules/deployments.ts';
import type { RobotUse } from '@cyclorama/shared/rules/deployments.ts';

import type { StateVisual } from '../../../../ui/state-visual.ts';

/** A robot the team can book. It is rerobots', not Cycle's, so no foreign key leads to it. */
export type RobotSource = {
  kind: 'robot';
  id: string;
  name: string;
  use: RobotUse;
  robot: RobotDeployment;
  /** Of the team's open bookings, the one that holds it. */
  booking: Booking | null;
};

export const robotVisuals: Record<RobotUse, StateVisual> = {
  ours: { shape: 'filled', tone: 'success', label: 'Ours' },
  free: { shape: 'ring', tone: 'muted', label: 'Free' },
  heldByOthers: { shape: 'filled', tone: 'neutral', label: 'Held by others' },
  unavailable: { shape: 'dashed', tone: 'muted', label: 'Unavailable' },
  unknown: { shape: 'dashed', tone: 'muted', label: 'Not read yet' },
};

export function toRobotSources(
  robots: readonly RobotDeployment[],
  bookings: readonly Booking[],
): RobotSource[] {
  return robots.map((robot) => {
    const booking = bookings.find((one) => one.deploymentId === robot.id && holdsRobot(one)) ?? null;
    // As on the page of robots.
    const name = robot.nickname ?? `${robot.type} ${robot.id.slice(0, 8)}`;
    return { kind: 'robot', id: robot.id, name, use: useOfRobot(robot, booking !== null), robot, booking };
  });
}
