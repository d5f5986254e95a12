import type { z } from 'zod';

import { AppError } from '../lib/errors.ts';

type Part = 'path' | 'query' | 'body';

/**
 * What the schema makes of the input; undefined without a schema.
 * @throws AppError `invalid-request` naming the first field at fault (`body.token`) and what was expected.
 */
export function validate(schema: z.ZodType | undefined, part: Part, input: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = [part, ...(issue?.path ?? []).map(String)].join('.');
  const message = `${field}: ${issue?.message ?? 'not what was expected'}.`;
  throw new AppError('invalid-request', message, { field, hint: 'Nothing was changed.' });
}
