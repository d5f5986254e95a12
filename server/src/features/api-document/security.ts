import type { Role } from '@cyclorama/shared/common.ts';
import type { ZodOpenApiComponentsObject, ZodOpenApiOperationObject } from 'zod-openapi';

import type { ApiOperation } from '../../http/api-operation.ts';

type Schemes = NonNullable<ZodOpenApiComponentsObject['securitySchemes']>;

export function securitySchemes(cookieName: string): Schemes {
  return {
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: cookieName,
      description: 'Set by POST /api/session. The name is of this server.',
    },
    csrf: {
      type: 'apiKey',
      in: 'header',
      name: 'X-CSRF-Token',
      description: 'With a session, every change carries the csrfToken of GET /api/session.',
    },
    signature: {
      type: 'apiKey',
      in: 'header',
      name: 'X-Collect-Signature',
      description: '`sha256=` and the HMAC-SHA256 of the body under COLLECT_SECRET, in hexadecimal digits.',
    },
    metricsToken: { type: 'http', scheme: 'bearer', description: 'The value of METRICS_TOKEN.' },
    accessToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'An access token, made on the page under Access tokens. Needs no CSRF token.',
    },
  };
}

export function securityOf({
  access,
  method,
  sessionOnly,
  opensBy = 'signature',
}: ApiOperation): ZodOpenApiOperationObject['security'] {
  if (access === 'anyone') return [];
  if (access === 'secret') return [{ [opensBy]: [] }];
  const session: Record<string, string[]> = method === 'get' ? { session: [] } : { session: [], csrf: [] };
  return sessionOnly === true ? [session] : [session, { accessToken: [] }];
}

const roles: Record<Role, string> = {
  viewer: 'Everyone signed in.',
  operator: 'Operators and admins.',
  admin: 'Admins only.',
};

/** In words, beside the fields `x-role`, `x-session-only` and `x-confirm`. */
export function whoMay({ access, sessionOnly, confirm }: ApiOperation): string {
  if (access === 'anyone' || access === 'nobody') return 'Needs no sign-in.';
  if (access === 'secret') return 'With a secret of its own; no session and no access token opens it.';
  return [
    roles[access],
    ...(sessionOnly === true ? ['Not with an access token.'] : []),
    ...(confirm === true ? ['After a recent sign-in only.'] : []),
  ].join(' ');
}
