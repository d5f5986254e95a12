import type { WaitForecast } from '@cyclorama/shared/robots.ts';

/** What this dashboard knows of a robot beyond what rerobots says. Undefined: nothing. */
export type RobotFacts = {
  nickname(deploymentId: string): string | undefined;
  /** For who joins the queue now. Null with too little data. */
  wait(deploymentId: string): WaitForecast | null | undefined;
  /** For who is in the queue. */
  waitInQueue(deploymentId: string): WaitForecast | null | undefined;
};

export const noFacts: RobotFacts = {
  nickname: () => undefined,
  wait: () => undefined,
  waitInQueue: () => undefined,
};
