import type { RewriteKind } from './fault.ts';

const DEPTH = 200_000;
const MALFORMED_ROW = { id: 12, state: 7 };

type Json = Record<string, unknown>;

export function rewrite(kind: RewriteKind, text: string, row?: string): string {
  const answer: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
  if (!isObject(answer)) return text;
  if (kind === 'deep') return deepAnswer(answer);
  return JSON.stringify(kind === 'null-list' ? nullLists(answer) : withOddRow(kind, answer, row));
}

/** As text, since JSON.stringify would run out of stack. */
function deepAnswer(answer: Json): string {
  const [key = 'data'] = Object.keys(answer);
  return `{${JSON.stringify(key)}: ${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`;
}

function nullLists(answer: Json): Json {
  return mapValues(answer, (value) => (Array.isArray(value) ? null : value));
}

/** rerobots has lists of ids with a map of details beside them (`info`), or of another list's ids in parallel. */
function withOddRow(kind: 'malformed-row' | 'duplicate-row', answer: Json, row: string | undefined): Json {
  const { info } = answer;
  const [list] = Object.values(answer).filter((value) => Array.isArray(value));
  const middle = Math.floor((list?.length ?? 0) / 2);
  if (kind === 'duplicate-row')
    return mapValues(answer, (value) => (Array.isArray(value) ? [...value, ...value.slice(0, 1)] : value));
  const malformed: unknown = row === undefined ? MALFORMED_ROW : JSON.parse(row);
  const id: unknown = list?.[middle];
  if (isObject(info) && typeof id === 'string') return { ...answer, info: { ...info, [id]: malformed } };
  return mapValues(answer, (value) => (value === list ? list?.with(middle, malformed) : value));
}

function mapValues(answer: Json, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, change(value)]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
