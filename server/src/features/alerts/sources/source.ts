import type { AlertCondition, AlertConditionKind, AlertScope } from '@cyclorama/shared/alerts.ts';

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

export type ConditionOf<K extends AlertConditionKind> = Extract<AlertCondition, { kind: K }>;
export type Asked<K extends AlertConditionKind> = {
  condition: ConditionOf<K>;
  scope: AlertScope;
  now: number;
};

/** Where conditions of some kinds are looked up. */
export type Source<K extends AlertConditionKind = AlertConditionKind> = {
  /** Why nothing can be told now; null where it can. */
  blind(condition: ConditionOf<K>): string | null;
  look(asked: Asked<K>): Looked | Promise<Looked>;
};
export type Sources = { [K in AlertConditionKind]: Source<K> };

/** The source that answers a condition; a mapped type can't say that they belong together. */
export function sourceOf(sources: Sources, { kind }: AlertCondition): Source {
  return sources[kind] as Source;
}

export const NOTHING_UNKNOWN: ReadonlySet<string> = new Set();
