import type { Role } from '@cyclorama/shared/common.ts';
import type { z } from 'zod';

/** What a request for one method and path must be, and what it gets: for the API document and the access table. */
export type ApiOperation = {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Express path from the root: `/api/instances/:id/tasks`. */
  path: string;
  summary: string;
  /** Lowest role; `anyone`: also signed out; `nobody`: always refused; `secret`: by a secret of its own, whoever asks. */
  access: Role | 'anyone' | 'nobody' | 'secret';
  /** What opens an operation by a `secret`; a signature unless given. */
  opensBy?: 'signature' | 'metricsToken';
  /** True: not with an access token. */
  sessionOnly?: boolean;
  /** True: after a recent authentication only. */
  confirm?: boolean;
  /** True: a read that has a limit though nobody is signed in. */
  limited?: boolean;
  /** True: `Idempotency-Key` is read. */
  takesKey?: boolean;
  /** An upstream's own answers are passed on with their status: what leaves of them, below 300 and from it on. */
  passesOn?: () => { success: z.ZodType; failure: z.ZodType };
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  success: readonly ApiSuccess[];
};

/** Without `content` the answer is empty. */
export type ApiSuccess = {
  status: 200 | 201 | 202 | 204 | 303 | 503;
  /** By media type; null: not JSON, or JSON of any form. */
  content?: Record<string, z.ZodType | null>;
};
