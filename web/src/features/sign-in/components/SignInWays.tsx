import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';

import { aboutQuery } from '../../../api/session.ts';
import { basePath } from '../../../lib/base-path.ts';
import { lazyPart } from '../../../ui/lazy-part.ts';
import { ErrorState } from '../../../ui/states.tsx';
import { httpsAddress } from '../rules.ts';
import { SignInForm } from './SignInForm.tsx';

const PasskeySignIn = lazyPart(() => import('./PasskeySignIn.tsx'), 'PasskeySignIn');
const ProviderSignIn = lazyPart(() => import('./ProviderSignIn.tsx'), 'ProviderSignIn');

type Props = {
  userName?: string;
  /** Over a page that must not be left. */
  newTab?: boolean;
};

/** What the server offers. Nothing can be typed before it is known whether this address may take a password. */
export function SignInWays({ userName, newTab = false }: Props) {
  const { data, error, refetch } = useQuery(aboutQuery);
  if (data === undefined) {
    return error === null ? null : <ErrorState compact error={error} retry={() => void refetch()} />;
  }
  const { protocol, pathname, search } = window.location;
  const place = { protocol, pathname, search, isSecureContext: window.isSecureContext };
  const address = httpsAddress(data.publicUrl, basePath, place);
  if (address !== null) return <HttpsNeeded address={address} />;
  const { oidc, passkey, password } = data.signIn;
  return (
    <div className="flex flex-col gap-3">
      {oidc !== null && (
        <Suspense>
          <ProviderSignIn label={oidc} newTab={newTab} />
        </Suspense>
      )}
      {passkey && (
        <Suspense>
          <PasskeySignIn />
        </Suspense>
      )}
      {password && <SignInForm userName={userName} />}
      {oidc === null && !password && <p>Signing in is not set up: an admin sets CYCLE_API_TOKEN.</p>}
    </div>
  );
}

function HttpsNeeded({ address }: { address: string }) {
  return (
    <p role="alert">
      Signing in works over https only: open{' '}
      <a href={address} className="break-all text-accent-text underline">
        {address}
      </a>
    </p>
  );
}
