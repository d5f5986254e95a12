import { cycleOperations } from './catalogue-cycle.ts';
import type { Operation, ProxiedUpstream } from './catalogue-operation.ts';
import { platformOperations } from './catalogue-platform.ts';
import { rerobotsOperations } from './catalogue-rerobots.ts';
import { schedulerOperations } from './catalogue-scheduler.ts';

export type { Operation, ProxiedUpstream, TargetKind } from './catalogue-operation.ts';

export const catalogue: readonly Operation[] = [
  ...cycleOperations,
  ...schedulerOperations,
  ...rerobotsOperations,
  ...platformOperations,
];

const PARAMETER = /^\{(\w+)\}$/;
const PARAMETER_VALUE = /^[A-Za-z0-9_.~-]+$/;

/** Of `/v1/functions/{containerId}/active`: `containerId`. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** What may stand in a path: nothing that would need to be encoded or climbs. */
export function isParameterValue(value: string): boolean {
  return PARAMETER_VALUE.test(value) && !/^\.+$/.test(value);
}

export type Match = { operation: Operation; params: Record<string, string> };

/**
 * `path` without query. Literal segments win over parameters. Null for unlisted paths and for ambiguous ones: `..`,
 * `//`, encoded characters.
 */
export function findOperation(upstream: ProxiedUpstream, method: string, path: string): Match | null {
  const segments = path.split('/');
  let found: Match | null = null;
  for (const operation of catalogue) {
    if (operation.upstream !== upstream || operation.method !== method) continue;
    const params = matchSegments(operation.path.split('/'), segments);
    if (params === null) continue;
    const fewer = found === null || Object.keys(params).length < Object.keys(found.params).length;
    if (fewer) found = { operation, params };
  }
  return found;
}

function matchSegments(template: string[], segments: string[]): Record<string, string> | null {
  if (template.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, wanted] of template.entries()) {
    const given = segments[index] ?? '';
    const name = PARAMETER.exec(wanted)?.[1];
    if (name === undefined) {
      if (given !== wanted) return null;
    } else {
      if (!isParameterValue(given)) return null;
      params[name] = given;
    }
  }
  return params;
}
