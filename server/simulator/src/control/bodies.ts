import * as z from 'zod';

import { APIS, FAULT_KINDS } from '../faults/fault.ts';
import { INTERNAL_API_SCOPES } from '../world/internal-api-scope.ts';
import { PLATFORM_CAPABILITIES } from '../world/platform-capabilities.ts';

export const faultBody = z.object({
  api: z.enum(APIS),
  kind: z.enum(FAULT_KINDS),
  match: z.object({ method: z.string().optional(), pathPrefix: z.string().optional() }).optional(),
  count: z.int().min(1).optional(),
  forMs: z.number().min(0).optional(),
  ms: z.number().min(0).optional(),
  status: z.int().min(400).max(599).optional(),
  body: z.string().optional(),
});

export const eventBody = z.looseObject({
  kind: z.string(),
  id: z.string().optional(),
  message: z.string().optional(),
  version: z.string().optional(),
  topic: z.string().optional(),
  instances: z.int().min(0).optional(),
  desired: z.boolean().optional(),
  ramMegabytes: z.int().min(1).optional(),
  ms: z.number().optional(),
  forMs: z.number().min(0).optional(),
  bytes: z.number().min(0).optional(),
  part: z.string().optional(),
  source: z.enum(['stdout', 'stderr']).optional(),
  chatty: z.boolean().optional(),
  aggregated: z.boolean().optional(),
  keeps: z.enum(['newest', 'oldest']).optional(),
  scope: z.array(z.enum(INTERNAL_API_SCOPES)).nullish(),
  capabilities: z.array(z.enum(PLATFORM_CAPABILITIES)).nullish(),
});

export const robotTokenBody = z.object({ user: z.string().min(1).optional() });

export const advanceBody = z.object({ ms: z.number().min(0) });
