import { z } from 'zod';

import { readableText } from '../wire-text.ts';

/** Absent, null or of an unexpected type: null, since published schemas and answers differ. */
export const lenient = <S extends z.ZodType>(schema: S) => schema.nullish().catch(null);
export const text = lenient(readableText);
export const number = lenient(z.number());
export const flag = lenient(z.boolean());
/** Unreadable items are left out. */
export const list = <S extends z.ZodType>(schema: S) =>
  lenient(
    z.array(z.unknown()).transform((items) =>
      items.flatMap((item) => {
        const read = schema.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    ),
  );
