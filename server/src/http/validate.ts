import { z } from 'zod';

import { AppError } from '../lib/errors.ts';

type Part = 'path' | 'query' | 'body';

/**
 * The parsed input; undefined without a schema.
 * @throws AppError `invalid-request` naming the first field at fault (`body.token`) and what was expected.
 */
export function validate(schema: z.ZodType | undefined, part: Part, input: unknown): unknown {
  if (schema === undefined) return undefined;
  const unusable = unusableName(input, [part]);
  if (unusable !== null) {
    const message = `${unusable}: this name can’t be used.`;
    throw new AppError('invalid-request', message, { field: unusable, hint: 'Nothing was changed.' });
  }
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = [part, ...(issue?.path ?? []).map(String)];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...place, ...(unknown === undefined ? [] : [unknown])].join('.');
  const message =
    unknown === undefined
      ? `${field}: ${issue?.message ?? 'not what was expected'}.`
      : `${field}: there is no such field; expected ${fieldsOf(schema)}.`;
  throw new AppError('invalid-request', message, { field, hint: 'Nothing was changed.' });
}

/** Unknown fields are refused by name: dropping a misspelt `releaseAfterSecs` once gave a run without a release. */
function fieldsOf(schema: z.ZodType): string {
  const object =
    schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  const names = object instanceof z.ZodObject ? Object.keys(object.shape) : [];
  return names.length === 0 ? 'none' : names.join(', ');
}

/** Where an object has a field named `__proto__`, which schemas drop without a word; null where none has. */
function unusableName(input: unknown, path: readonly string[]): string | null {
  // Not recursive: a body may be nested deeper than the stack.
  const open = [{ value: input, path }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, value] of Object.entries(next.value) as [string, unknown][]) {
      const place = [...next.path.slice(0, MAX_NAMED_DEPTH), name];
      if (name === '__proto__') return place.join('.');
      open.push({ value, path: place });
    }
  }
  return null;
}

const MAX_NAMED_DEPTH = 20;
