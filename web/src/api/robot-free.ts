import type { ServerEventOf } from '@cyclorama/shared/events.ts';

export type RobotFree = ServerEventOf<'robot-free'>;

const listeners = new Set<(event: RobotFree) => void>();

/** Calls `listener` whenever a robot somebody waits for turned free; returns how to stop. */
export function onRobotFree(listener: (event: RobotFree) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Tells everyone who listens. */
export function announceRobotFree(event: RobotFree): void {
  for (const listener of listeners) listener(event);
}
