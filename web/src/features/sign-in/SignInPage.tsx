import { useEffect } from 'react';
import type { ReactNode } from 'react';

import { SignInForm } from './components/SignInForm.tsx';

export function SignInPage({ notice }: { notice: ReactNode }) {
  useEffect(() => {
    document.title = 'Sign in · Cyclorama';
  }, []);
  return (
    <div className="flex min-h-dvh flex-col">
      {notice}
      <main className="m-auto flex w-full max-w-sm flex-col gap-4 p-4">
        <div className="flex items-center gap-3">
          <img src="/icon.svg" alt="" width={36} height={36} />
          <div>
            <h1 className="text-xl">Sign in to Cyclorama</h1>
            <p className="text-muted">With your VPN account of this environment.</p>
          </div>
        </div>
        <div className="rounded-lg border border-line bg-panel p-4">
          <SignInForm />
        </div>
      </main>
    </div>
  );
}
