import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { Link } from '@tanstack/react-router';

import { ObjectHead } from '../../../../ui/object-head.tsx';
import { plainName } from '../../names.rules.ts';
import { queueText } from '../../rules.ts';
import { Occupancy } from './Occupancy.tsx';

export function RobotHead({ robot }: { robot: RobotDeployment }) {
  const { nickname, type, typeVersion, region, queueLength } = robot;
  return (
    <ObjectHead state={<Occupancy robot={robot} />}>
      {queueLength !== null && queueLength > 0 && <span>{queueText(queueLength)}</span>}
      <span>{nickname === undefined ? type : plainName(robot)}</span>
      {typeVersion !== null && <span>Version {typeVersion}</span>}
      {region !== '' && <span>{region}</span>}
      <Link to="/robots" className="hover:underline">
        All robots
      </Link>
    </ObjectHead>
  );
}
