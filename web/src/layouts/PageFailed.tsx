import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';

import { isMissingPart } from '../lib/fetched-part.ts';
import { Page } from '../ui/page.tsx';
import { ErrorState } from '../ui/states.tsx';

/** A page that could not be drawn; the rest of the dashboard goes on. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    // A chunk of an older version is gone after an update: only loading the page anew helps.
    if (isMissingPart(error)) window.location.reload();
    else {
      reset();
      void router.invalidate();
    }
  };
  const shown = isMissingPart(error)
    ? {
        message: 'This part of the dashboard could not be loaded.',
        hint: 'It may have been updated: load it again.',
      }
    : error;
  return (
    <Page title="This page failed">
      <ErrorState error={shown} retry={retry} />
    </Page>
  );
}
