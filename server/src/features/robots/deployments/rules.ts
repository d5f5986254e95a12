import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';

/** `among`: only these ids. */
export function shortestQueue(
  all: RobotDeployment[],
  type: string,
  among: readonly string[] | null = null,
): RobotDeployment | null {
  const candidates = all.filter(
    (one) =>
      one.type === type && (among === null || among.includes(one.id)) && deploymentRefusal(one) === null,
  );
  return candidates.toSorted((a, b) => (a.queueLength ?? 0) - (b.queueLength ?? 0))[0] ?? null;
}
