import { passkey, passkeyCeremony } from '@cyclorama/shared/passkeys.ts';
import type { Passkey } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { passkeyQuestion } from '@cyclorama/shared/session.ts';

import { createAuthenticator } from '../../testing/authenticator.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

export const PUBLIC_URL = 'http://localhost:8080';

export type Authenticator = ReturnType<typeof createAuthenticator>;

export async function addPasskey(
  browser: Browser,
  authenticator = createAuthenticator(PUBLIC_URL),
  name = 'Laptop',
): Promise<{ authenticator: Authenticator; passkey: Passkey }> {
  const { options, challenge } = passkeyCeremony.parse(
    await (await browser.post(paths.passkeyOptions())).json(),
  );
  const body = { name, challenge, answer: authenticator.register(options) };
  return {
    authenticator,
    passkey: passkey.parse(await (await browser.post(paths.passkeys(), { body })).json()),
  };
}

/** A browser that is signed out: what it keeps between two requests is its cookie. */
export function signedOut({ url }: TestServer) {
  let cookie = '';
  const post = async (path: string, body: object = {}): Promise<Response> => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
    const [given] = answer.headers.getSetCookie();
    if (given !== undefined) cookie = given.split(';', 1)[0] ?? '';
    return answer;
  };
  return {
    post,
    get cookie() {
      return cookie;
    },
    askAlone: async () =>
      passkeyQuestion.parse(await (await post(paths.sessionPasskeyOptions())).json()).options,
    /** The question that follows the right password. */
    askAfter: async (username: string, password: string) =>
      passkeyQuestion.parse(await (await post(paths.session(), { username, password })).json()).options,
    answer: (answer: object) => post(paths.sessionPasskey(), { answer }),
  };
}
