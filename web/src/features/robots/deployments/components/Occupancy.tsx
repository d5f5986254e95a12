import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { availabilityOf, occupancyOf } from '@cyclorama/shared/rules/deployments.ts';

import { StateLabel } from '../../../../ui/state-glyph.tsx';

type OccupancyProps = {
  robot: Pick<RobotDeployment, 'online' | 'lockedOut' | 'notPermitted' | 'queueLength'>;
};

/** Free or busy, as last read; else why it can't be booked. */
export function Occupancy({ robot }: OccupancyProps) {
  const occupancy = occupancyOf(robot);
  return (
    <StateLabel
      state={occupancy === 'unavailable' ? availabilityOf(robot).replaceAll(' ', '-') : occupancy}
    />
  );
}
