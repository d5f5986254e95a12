import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Provider } from 'oidc-provider';
import type { AccountClaims, Configuration } from 'oidc-provider';

export type OidcAccount = { groups?: string[]; name?: string; email?: string };

/** A real provider (npm `oidc-provider`) with its own sign-in pages, which take any password. */
export type TestOidcProvider = {
  issuer: string;
  /** By what is typed as the login, which is the `sub`. Changes count at once. */
  accounts: Map<string, OidcAccount>;
  /** What the dashboard needs; `publicUrl` is where it is opened. */
  env(publicUrl: string): Record<string, string>;
  /** How many times tokens were asked for. */
  readonly tokenCalls: number;
  stop(): Promise<void>;
  /** On the same port, remembering nothing. */
  start(): Promise<void>;
};

type Options = {
  accounts: Record<string, OidcAccount>;
  publicUrl: string;
  port?: number;
  configuration?: Configuration;
};

const CLIENT_SECRET = 'a client secret of the tests';

export async function startOidcProvider({
  publicUrl,
  port = 0,
  configuration,
  ...options
}: Options): Promise<TestOidcProvider> {
  const accounts = new Map(Object.entries(options.accounts));
  let listening = port;
  let server: Server;
  let tokenCalls = 0;

  const start = async (): Promise<void> => {
    server = createServer();
    await new Promise<void>((resolve) => void server.listen(listening, '127.0.0.1', resolve));
    listening = (server.address() as AddressInfo).port;
    const provider = new Provider(`http://127.0.0.1:${listening}`, {
      clients: [
        {
          client_id: 'cyclorama',
          client_secret: CLIENT_SECRET,
          redirect_uris: [`${publicUrl}/api/sign-in/oidc/callback`],
          post_logout_redirect_uris: [`${publicUrl}/`],
          grant_types: ['authorization_code', 'refresh_token'],
        },
      ],
      claims: {
        openid: ['sub'],
        profile: ['preferred_username', 'groups'],
        email: ['email', 'email_verified'],
      },
      cookies: { keys: ['a key of the tests'] },
      // Without it a public http address of a dashboard under test would not be taken.
      clientBasedCORS: () => false,
      issueRefreshToken: () => Promise.resolve(true),
      rotateRefreshToken: true,
      findAccount: (_context, sub) => {
        const account = accounts.get(sub);
        if (account === undefined) return undefined;
        const claims: AccountClaims = {
          sub,
          preferred_username: account.name ?? sub,
          groups: account.groups ?? [],
          email: account.email ?? `${sub}@example.test`,
          email_verified: true,
        };
        return { accountId: sub, claims: () => claims };
      },
      ...configuration,
    });
    const answer = provider.callback();
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/token') === true) tokenCalls += 1;
      void answer(request, response);
    });
  };

  await start();
  const issuer = `http://127.0.0.1:${listening}`;
  return {
    issuer,
    accounts,
    env: (dashboard) => ({
      PUBLIC_URL: dashboard,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'cyclorama',
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
      OIDC_LABEL: 'Example',
      OIDC_ADMIN_GROUPS: 'dashboard-admins',
      OIDC_OPERATOR_GROUPS: 'dashboard-operators',
    }),
    get tokenCalls() {
      return tokenCalls;
    },
    start,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
