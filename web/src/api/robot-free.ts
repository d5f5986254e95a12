import type { ServerEventOf } from '@cyclorama/shared/events.ts';

export type RobotFree = ServerEventOf<'robot-free'>;

const listeners = new Set<(event: RobotFree) => void>();

export function onRobotFree(listener: (event: RobotFree) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function announceRobotFree(event: RobotFree): void {
  for (const listener of listeners) listener(event);
}
