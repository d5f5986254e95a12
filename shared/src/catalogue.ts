import { cycleOperations } from './catalogue-cycle.ts';
import type { Operation, ProxiedUpstream } from './catalogue-operation.ts';
import { rerobotsOperations } from './catalogue-rerobots.ts';
import { schedulerOperations } from './catalogue-scheduler.ts';

export type { Operation, ProxiedUpstream } from './catalogue-operation.ts';

export const catalogue: readonly Operation[] = [
  ...cycleOperations,
  ...schedulerOperations,
  ...rerobotsOperations,
];

/** Withheld wherever they occur in a response, listed in the catalogue or not. */
export const secretNames: ReadonlySet<string> = new Set([
  'access_token',
  'api_key',
  'base64_config',
  'environment_vars',
  'ovpn',
  'password',
  'private_key',
  'refresh_token',
  'secret',
  'sshkey',
  'token',
]);

export const WITHHELD = '(withheld)';

const PARAMETER = /^\{(\w+)\}$/;
const PARAMETER_VALUE = /^[A-Za-z0-9_.~-]+$/;

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
      if (!PARAMETER_VALUE.test(given) || /^\.+$/.test(given)) return null;
      params[name] = given;
    }
  }
  return params;
}

/** Replaces every secret value by `WITHHELD` in a copy; null stays null, as it reveals nothing. */
export function withholdSecrets(answer: unknown, paths: readonly string[]): unknown {
  const patterns = paths.map((path) => path.split('.'));
  return copyWithout(answer, patterns, false);
}

function copyWithout(value: unknown, patterns: readonly string[][], secret: boolean): unknown {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      copyWithout(item, below(patterns, String(index)), secret || ends(patterns, String(index))),
    );
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => {
      const hidden = secret || secretNames.has(key) || ends(patterns, key);
      return [key, copyWithout(item, below(patterns, key), hidden)] as const;
    });
    return Object.fromEntries(entries);
  }
  return secret ? WITHHELD : value;
}

function below(patterns: readonly string[][], key: string): string[][] {
  return patterns.filter(([head]) => head === '*' || head === key).map((pattern) => pattern.slice(1));
}

function ends(patterns: readonly string[][], key: string): boolean {
  return patterns.some((pattern) => pattern.length === 1 && (pattern[0] === '*' || pattern[0] === key));
}
