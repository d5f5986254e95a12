import { randomBytes } from 'node:crypto';

import type { Role } from '@cyclorama/shared/common.ts';

import type { FeatureOffering } from '../../http/feature.ts';
import { tokenSessionId } from '../../http/session-gate.ts';
import type { FeatureContext } from '../context.ts';
import { accessTokenRoutes } from './routes.ts';
import { createAccessTokensService } from './service.ts';
import type { AccessTokensService } from './service.ts';

type Needs = {
  roleOf: (name: string) => Role;
  /** Ends the streams that were opened under this session id. */
  end: (sessionId: string, reason: string) => void;
};

export function accessTokensFeature(
  context: FeatureContext,
  { roleOf, end }: Needs,
): FeatureOffering<Pick<AccessTokensService, 'read'>> {
  const accessTokens = createAccessTokensService({
    ...context,
    random: randomBytes,
    roleOf,
    onRevoked: (id) => end(tokenSessionId(id), 'The access token was revoked.'),
  });
  return { routes: accessTokenRoutes(accessTokens), offers: accessTokens };
}
