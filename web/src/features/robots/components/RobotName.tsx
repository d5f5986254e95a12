import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';

import { plainBookingName, plainName } from '../names.rules.ts';

export function DeploymentName({ robot }: { robot: RobotDeployment }) {
  return <Name nickname={robot.nickname} plain={plainName(robot)} title={robot.description} />;
}

export function BookingName({ booking }: { booking: Booking }) {
  return <Name nickname={booking.nickname} plain={plainBookingName(booking)} />;
}

/** The nickname with the type beneath, in the height of a row. */
function Name({
  nickname,
  plain,
  title = '',
}: {
  nickname: string | undefined;
  plain: string;
  title?: string;
}) {
  const hint = title === '' ? undefined : title;
  if (nickname === undefined) return <span title={hint}>{plain}</span>;
  return (
    <span title={hint} className="inline-flex max-w-full flex-col align-middle leading-4">
      <span className="truncate">{nickname}</span>{' '}
      <span className="truncate text-xs font-normal text-muted">{plain}</span>
    </span>
  );
}
