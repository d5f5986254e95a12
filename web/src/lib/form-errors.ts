import type { z } from 'zod';

/** The first message by field, joined by dots; empty where the schema takes it. */
export function fieldErrors(schema: z.ZodType, value: unknown): Record<string, string> {
  const read = schema.safeParse(value);
  if (read.success) return {};
  const errors: Record<string, string> = {};
  for (const { path, message } of read.error.issues) errors[path.join('.')] ??= sentence(message);
  return errors;
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return text.endsWith('.') ? text : `${text}.`;
}
