import { role } from '@cyclorama/shared/common.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';

import type { JsonSchema } from '../lib/json-schema.ts';
import { api } from './http.ts';

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
  /** `secret`: by a secret of its own, whoever asks. */
  'x-role': z.union([role, z.enum(['anyone', 'secret'])]),
  'x-session-only': z.boolean(),
  'x-confirm': z.boolean(),
});

const apiDocument = z.object({
  openapi: z.string(),
  info: z.object({ version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.partialRecord(z.enum(['get', 'post', 'put', 'delete']), documentedOperation)),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});
export type ApiDocument = z.infer<typeof apiDocument>;
export type DocumentedOperation = z.infer<typeof documentedOperation>;
export type Parameter = z.infer<typeof parameter>;
export type Responses = DocumentedOperation['responses'];

/** It changes with the server's version only, and a new one makes the page load anew. */
export const apiDocumentQuery = queryOptions({
  queryKey: ['api-document'],
  queryFn: ({ signal }) => api.get(paths.apiDocument(), apiDocument, { signal }),
  staleTime: Infinity,
});
