import { role } from '@cyclorama/shared/common.ts';
import { z } from 'zod';

/** What the page reads of JSON Schema 2020-12. */
export type JsonSchema = {
  $ref?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  pattern?: string;
  format?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};
export type Schemas = Readonly<Record<string, JsonSchema>>;

const jsonSchema = z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null);
const media = z.record(z.string(), z.object({ schema: jsonSchema.optional() }));
const parameter = z.object({
  in: z.enum(['path', 'query', 'header', 'cookie']),
  name: z.string(),
  required: z.boolean().default(false),
  schema: jsonSchema,
});
const documentedOperation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()).min(1),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ required: z.boolean().default(false), content: media }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: media.default({}) })),
  'x-role': z.union([role, z.literal('anyone')]),
  'x-session-only': z.boolean(),
  'x-confirm': z.boolean(),
});

export const apiDocument = z.object({
  openapi: z.string(),
  info: z.object({ version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.partialRecord(z.enum(['get', 'post', 'put', 'delete']), documentedOperation)),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});
export type ApiDocument = z.infer<typeof apiDocument>;
export type DocumentedOperation = z.infer<typeof documentedOperation>;
export type Parameter = z.infer<typeof parameter>;
export type Responses = DocumentedOperation['responses'];
