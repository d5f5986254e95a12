import { useEffect, useState } from 'react';

import { basePath } from '../../../lib/base-path.ts';
import { buttonClass } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { failureInAddress, providerAddress } from '../provider.rules.ts';

/** `newTab`: keeps the page below, which finds the new session when it is looked at again. */
export function ProviderSignIn({ label, newTab }: { label: string; newTab: boolean }) {
  const [failure] = useState(() => failureInAddress(window.location.hash));
  useEffect(() => {
    if (failure === null) return;
    // Said once: a reload is a new try.
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  }, [failure]);
  return (
    <>
      {failure !== null && <ErrorState compact error={failure} />}
      <a
        href={providerAddress(basePath, window.location)}
        className={buttonClass('secondary')}
        {...(newTab ? { target: '_blank', rel: 'noopener' } : {})}
      >
        Sign in with {label}
      </a>
    </>
  );
}
