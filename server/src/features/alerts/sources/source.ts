import type { AlertCondition, AlertScope } from '@cyclorama/shared/alerts.ts';

/** An object for which a condition holds now. */
export type Match = {
  kind: string;
  id: string;
  name: string;
  containerId: string | null;
  /** Since when, epoch ms; null: not told, so since it was first seen. */
  since: number | null;
  detail: string;
};

/** `unknown`: objects of which nobody can tell now; what fires for them goes on. */
export type Looked = { matches: Match[]; unknown: ReadonlySet<string> };

type Asked<C extends AlertCondition> = { condition: C; scope: AlertScope; now: number };

/** Where conditions of some kinds are looked up. */
export type Source<C extends AlertCondition = AlertCondition> = {
  /** Why nothing can be told now; null where it can. */
  blind(condition: C): string | null;
  look(asked: Asked<C>): Looked | Promise<Looked>;
};

export const NOTHING_UNKNOWN: ReadonlySet<string> = new Set();
