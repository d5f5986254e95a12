import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReactNode } from 'react';

import { aboutQuery } from '../../api/session.ts';
import { basePath } from '../../lib/base-path.ts';
import { SignInForm } from './components/SignInForm.tsx';
import { httpsAddress } from './rules.ts';

export function SignInPage({ notice }: { notice: ReactNode }) {
  useEffect(() => {
    document.title = 'Sign in · Cyclorama';
  }, []);
  const { data } = useQuery(aboutQuery);
  const { protocol, pathname, search } = window.location;
  const place = { protocol, pathname, search, isSecureContext: window.isSecureContext };
  const address = httpsAddress(data?.publicUrl ?? null, basePath, place);
  return (
    <div className="flex min-h-dvh flex-col">
      {notice}
      <main className="m-auto flex w-full max-w-sm flex-col gap-4 p-4">
        <div className="flex items-center gap-3">
          <img src={`${basePath}/icon.svg`} alt="" width={36} height={36} />
          <div>
            <h1 className="text-xl">Sign in to Cyclorama</h1>
            <p className="text-muted">With your VPN account of this environment.</p>
          </div>
        </div>
        <div className="rounded-lg border border-line bg-panel p-4">
          {address === null ? <SignInForm /> : <HttpsNeeded address={address} />}
        </div>
      </main>
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
