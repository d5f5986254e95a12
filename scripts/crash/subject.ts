import type { CrashWorld, Relayed } from './worlds.ts';

export type Note = (what: string, problem: string | null) => void;

export type Subject = {
  relayed: (env: Record<string, string>) => Relayed;
  /** Further arguments of the simulator; scenes with the same ones share worlds. */
  simulatorArgs?: (scene: string) => readonly string[];
  /** Names of all scenes, each played once a round. */
  scenes: readonly string[];
  /** Plays a scene up to the kill, starts the server again and notes what holds. Rejects where it can't be played. */
  play(scene: string, world: CrashWorld, random: () => number, note: Note): Promise<void>;
};
