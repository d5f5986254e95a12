import type { PasskeyAssertion, PasskeyRegistration } from '@cyclorama/shared/passkeys.ts';
import type { PasskeyQuestion } from '@cyclorama/shared/session.ts';

import { ApiError } from './http.ts';

/** Loaded on first use. */
const library = () => import('@simplewebauthn/browser');

type Library = Awaited<ReturnType<typeof library>>;
// The server's library makes what the browser's reads; the page passes it on.
type CreationOptions = Parameters<Library['startRegistration']>[0]['optionsJSON'];

/** Why the browser can't use passkeys here; null where it can. */
export function browserRefusal(): string | null {
  if (!window.isSecureContext) return 'Passkeys need https. Open this page by its https address.';
  return typeof window.PublicKeyCredential === 'function' ? null : 'This browser does not know passkeys.';
}

/** The browser asks the person. @throws ApiError where none was used */
export async function askForPasskey({ options }: PasskeyQuestion): Promise<PasskeyAssertion> {
  const { startAuthentication } = await supported();
  try {
    return await startAuthentication({ optionsJSON: options });
  } catch (error) {
    throw promptError(error, 'No passkey was used.');
  }
}

/** The browser asks the person to make one. @throws ApiError where none was made */
export async function makePasskey({ options }: PasskeyQuestion): Promise<PasskeyRegistration['answer']> {
  const { startRegistration } = await supported();
  try {
    const { id, rawId, type, response } = await startRegistration({
      optionsJSON: options as unknown as CreationOptions,
    });
    const { clientDataJSON, attestationObject, transports = [] } = response;
    return { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
  } catch (error) {
    throw promptError(error, 'No passkey was added.');
  }
}

async function supported(): Promise<Library> {
  const refusal = browserRefusal();
  if (refusal !== null) throw failure(refusal);
  return library();
}

function promptError(error: unknown, message: string): ApiError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const name = error instanceof Error ? error.name : '';
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') {
    return failure(message, 'This device has one of your passkeys already.');
  }
  if (code === 'ERROR_INVALID_RP_ID' || code === 'ERROR_INVALID_DOMAIN') {
    return failure(message, 'They work at the dashboard’s public address only: open it there.');
  }
  if (name === 'NotAllowedError' || name === 'AbortError') {
    return failure(message, 'The browser’s question was cancelled or not answered in time. Try again.');
  }
  return failure(message, 'The browser or the device refused. Try again, or use another device.');
}

/** Certain: nothing was sent, so a request with this key may go out again. */
function failure(message: string, hint?: string): ApiError {
  return new ApiError({ status: 403, code: 'forbidden', message, hint });
}
