import { useEffect } from 'react';
import type { ReactNode } from 'react';

import { basePath } from '../../lib/base-path.ts';
import { SignInWays } from './components/SignInWays.tsx';

export function SignInPage({ notice }: { notice: ReactNode }) {
  useEffect(() => {
    document.title = 'Sign in · Cyclorama';
  }, []);
  return (
    <div className="flex min-h-dvh flex-col">
      {notice}
      <main className="m-auto flex w-full max-w-sm flex-col gap-4 p-4">
        <div className="flex items-center gap-3">
          <img src={`${basePath}/icon.svg`} alt="" width={36} height={36} />
          <h1 className="text-xl">Sign in to Cyclorama</h1>
        </div>
        <div className="rounded-lg border border-line bg-panel p-4">
          <SignInWays />
        </div>
      </main>
    </div>
  );
}
