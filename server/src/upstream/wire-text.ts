import { z } from 'zod';

import { redactUrls } from '../lib/redact-url.ts';

/** Text that people read: addresses in it lose their credentials as it comes in. */
export const readableText = z.string().transform(redactUrls);

/** `z.record` drops a field named `__proto__` without a word; this keeps it. */
export function recordOf<S extends z.ZodType>(schema: S) {
  return z
    .custom<Record<string, unknown>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    )
    .transform((value, context): Record<string, z.output<S>> => {
      const entries = Object.entries(value).map(([name, item]) => {
        const read = schema.safeParse(item);
        if (!read.success)
          context.addIssue({ code: 'custom', message: 'not what was expected', path: [name] });
        return [name, read.data] as const;
      });
      return Object.fromEntries(entries) as Record<string, z.output<S>>;
    });
}
