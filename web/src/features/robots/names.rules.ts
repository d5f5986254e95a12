import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';

/** Type and the beginning of the id: what a robot is called without a nickname. */
export const plainName = ({ id, type }: Pick<RobotDeployment, 'id' | 'type'>): string =>
  `${type} ${id.slice(0, 8)}`;

export function deploymentName(deployment: Pick<RobotDeployment, 'id' | 'type' | 'nickname'>): string {
  return deployment.nickname ?? plainName(deployment);
}

type Named = Pick<Booking, 'type' | 'deploymentId' | 'nickname'>;

export function bookingName({ nickname, ...booking }: Named): string {
  return nickname ?? plainBookingName(booking);
}

export function plainBookingName({ type, deploymentId }: Omit<Named, 'nickname'>): string {
  return deploymentId === null ? type : plainName({ id: deploymentId, type });
}
