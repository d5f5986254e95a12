import { parseTime } from '../../../../lib/time.ts';
import type { Graph, GraphNode } from './build.ts';

export type FillBy = 'state' | 'cpu' | 'memory' | 'version' | 'age';

/** The colour of a step: of a scale from 1 to 5, or one of eight kinds. */
export type FillStep = { scale: 'amount' | 'kind'; step: number };

export type Fill = {
  /** From 1; 0 for a node that has no value. */
  classOf: (node: GraphNode) => number;
  /** Of class 1, 2 and so on. */
  classes: readonly (FillStep & { label: string })[];
  /** What a node has no value of. */
  without: string;
};

const HOUR_MS = 3_600_000;
const MIB = 1_048_576;

/** Upper bound of each class but the last. */
const bounds = {
  cpu: [10, 25, 50, 80],
  memory: [64 * MIB, 256 * MIB, 1024 * MIB, 4096 * MIB],
  age: [HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS],
} as const;
const labels = {
  cpu: ['under 10 % of a core', '10–25 %', '25–50 %', '50–80 %', '80 % and more'],
  memory: ['under 64 MiB', '64–256 MiB', '256 MiB – 1 GiB', '1–4 GiB', '4 GiB and more'],
  age: ['under 1 h', '1–24 h', '1–7 d', '7–30 d', '30 d and more'],
} as const;

/** Kinds of a version that get a colour of their own; the rest share the last. */
const MOST_VERSIONS = 7;

/** Null where the fill shows the state, as it does without a choice. */
export function fillFor(
  by: FillBy,
  graph: Graph,
  { values, now }: { values: ReadonlyMap<string, number>; now: number },
): Fill | null {
  switch (by) {
    case 'state':
      return null;
    case 'version':
      return fillByVersion(graph);
    case 'age':
      return amounts('age', 'not started', (node) => ageOf(node, now));
    default:
      return amounts(by, 'not measured', (node) => values.get(node.id) ?? null);
  }
}

function amounts(
  by: keyof typeof bounds,
  without: string,
  valueOf: (node: GraphNode) => number | null,
): Fill {
  return {
    classOf(node) {
      const value = valueOf(node);
      if (value === null) return 0;
      const at = bounds[by].findIndex((bound) => value < bound);
      return at === -1 ? bounds[by].length + 1 : at + 1;
    },
    classes: labels[by].map((label, at) => ({ label, scale: 'amount', step: at + 1 })),
    without,
  };
}

function ageOf({ source }: GraphNode, now: number): number | null {
  const started = source.kind === 'instance' ? parseTime(source.startedAt) : null;
  return started === null ? null : Math.max(0, now - started);
}

function versionOf({ source }: GraphNode): string | null {
  return source.kind === 'instance' ? source.deployment : null;
}

/** The most frequent first, so that a colour stays with its version while a few instances change. */
function fillByVersion(graph: Graph): Fill {
  const counts = new Map<string, number>();
  for (const node of graph.nodes) {
    const version = versionOf(node);
    if (version !== null) counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  const all = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([version]) => version);
  const named = all.slice(0, MOST_VERSIONS);
  const classes = named.map((label, at) => ({ label, scale: 'kind' as const, step: at + 1 }));
  if (all.length > named.length)
    classes.push({ label: `${all.length - named.length} others`, scale: 'kind', step: MOST_VERSIONS + 1 });
  return {
    classOf(node) {
      const version = versionOf(node);
      if (version === null) return 0;
      const at = named.indexOf(version);
      return at === -1 ? MOST_VERSIONS + 1 : at + 1;
    },
    classes,
    without: 'no version',
  };
}
