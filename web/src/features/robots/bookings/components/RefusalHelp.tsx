import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';

import { Button } from '../../../../ui/button.tsx';
import { WatchButton } from '../../fleet/components/WatchButton.tsx';
import { deploymentName } from '../../names.rules.ts';

type RefusalHelpProps = {
  /** Null: any robot of the type. */
  deploymentId: string | null;
  type: string;
  reserved: boolean;
  deployments: readonly RobotDeployment[];
  onQueue: () => void;
  onOther: (deployment: RobotDeployment) => void;
};

/** Without the one that was refused. */
function othersFree(
  deployments: readonly RobotDeployment[],
  type: string,
  refusedId: string | null,
): RobotDeployment[] {
  return deployments.filter(
    (robot) =>
      robot.type === type &&
      robot.id !== refusedId &&
      robot.queueLength === 0 &&
      deploymentRefusal(robot) === null,
  );
}

export function RefusalHelp(props: RefusalHelpProps) {
  const { deploymentId, type, reserved, deployments, onQueue, onOther } = props;
  const [other] = othersFree(deployments, type, deploymentId);
  return (
    <fieldset aria-label="Options" className="flex flex-wrap items-center gap-2">
      {!reserved && (
        <Button size="sm" onClick={onQueue}>
          Join queue
        </Button>
      )}
      {other !== undefined && (
        <Button size="sm" onClick={() => onOther(other)}>
          Take {deploymentName(other)} instead
        </Button>
      )}
      {deploymentId !== null && <WatchButton size="sm" deploymentId={deploymentId} watching={false} />}
    </fieldset>
  );
}
