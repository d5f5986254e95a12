import { randomBytes } from 'node:crypto';

import type { Role } from '@cyclorama/shared/common.ts';

import type { FeatureOffering } from '../../http/feature.ts';
import { tokenIdOf, tokenSessionId } from '../../http/session-gate.ts';
import type { FeatureContext } from '../context.ts';
import { accessTokenRoutes } from './routes.ts';
import { createAccessTokensService } from './service.ts';
import type { AccessTokensService } from './service.ts';

type Needs = {
  roleOf: (name: string) => Role;
  tokenLapse: (owner: string) => { message: string; hint: string } | null;
  /** Sessions and access tokens with which something is open. */
  ids: () => Iterable<string>;
  /** Ends the streams that were opened under this session id. */
  end: (sessionId: string, reason: string) => void;
};

export function accessTokensFeature(
  context: FeatureContext,
  { roleOf, tokenLapse, ids, end }: Needs,
): FeatureOffering<Pick<AccessTokensService, 'read' | 'listAll' | 'revokeOf' | 'deleteAllOf'>> {
  const accessTokens = createAccessTokensService({
    ...context,
    random: randomBytes,
    roleOf,
    ownerLapse: tokenLapse,
    inUse: () => [...ids()].flatMap((id) => tokenIdOf(id) ?? []),
    onRevoked: (id) => end(tokenSessionId(id), 'The access token was revoked.'),
  });
  return { services: [accessTokens], routes: accessTokenRoutes(accessTokens), offers: accessTokens };
}
