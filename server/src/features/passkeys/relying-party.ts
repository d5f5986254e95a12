import { isIP } from 'node:net';

import { AppError } from '../../lib/errors.ts';
import { isLocalName, isLoopbackAddress } from '../../lib/this-machine.ts';

/** Whom a passkey is for (WebAuthn, "relying party"): browsers use it at this origin only. */
export type RelyingParty = { id: string; origin: string };

type Found = RelyingParty | { refusal: string };

/**
 * From the public address, else from the request where it came to this very machine: any other `Host` could be made up.
 * A relying party is a name, never an IP address (WebAuthn, 5.1.2).
 */
export function relyingPartyOf(publicUrl: string | null, host: string | undefined): Found {
  if (publicUrl !== null) {
    const { hostname, origin, protocol } = new URL(publicUrl);
    if (isIpAddress(hostname)) return { refusal: `Passkeys need a name, and PUBLIC_URL is an IP address.` };
    if (protocol === 'https:' || isLocalName(hostname)) return { id: hostname, origin };
    return { refusal: 'Passkeys need https, and PUBLIC_URL is an http address.' };
  }
  const here = host === undefined || !URL.canParse(`http://${host}`) ? null : new URL(`http://${host}`);
  if (here !== null && isLocalName(here.hostname)) return { id: here.hostname, origin: here.origin };
  if (here !== null && isLoopbackAddress(here.hostname)) {
    const port = here.port === '' ? '' : `:${here.port}`;
    return { refusal: `Passkeys need a name: open http://localhost${port} instead.` };
  }
  return { refusal: 'Passkeys need PUBLIC_URL set to the https address people open.' };
}

const isIpAddress = (hostname: string): boolean => isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0;

/** @throws AppError `not-allowed-now` where passkeys can't be used at this address. */
export function requireRelyingParty(publicUrl: string | null, host: string | undefined): RelyingParty {
  const found = relyingPartyOf(publicUrl, host);
  if ('refusal' in found) throw new AppError('not-allowed-now', found.refusal, { hint: 'Nothing was done.' });
  return found;
}
