import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';

import { isMissingPart } from '../lib/fetched-part.ts';
import { Page } from '../ui/page.tsx';
import { ErrorState } from '../ui/states.tsx';

export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    // After an update the old version's chunks are gone; a reload loads the new ones.
    if (isMissingPart(error)) window.location.reload();
    else {
      reset();
      void router.invalidate();
    }
  };
  const shown = isMissingPart(error)
    ? {
        message: 'This page could not be loaded.',
        hint: 'The dashboard may have been updated, or the connection was cut. Try again.',
      }
    : error;
  return (
    <Page title="This page failed">
      <ErrorState error={shown} retry={retry} />
    </Page>
  );
}
