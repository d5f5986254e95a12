import type { RobotDeployment } from '@cyclorama/shared/robots.ts';

import { StateLabel } from '../../../../ui/state-glyph.tsx';

export function OnlineState({
  robot,
}: {
  robot: Pick<RobotDeployment, 'online' | 'lockedOut' | 'notPermitted'>;
}) {
  if (robot.notPermitted === true) return <StateLabel state="not-permitted" />;
  if (robot.lockedOut) return <StateLabel state="locked-out" />;
  return <StateLabel state={robot.online === null ? 'unknown' : robot.online ? 'online' : 'offline'} />;
}
