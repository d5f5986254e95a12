import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';

import { Page } from '../ui/page.tsx';
import { ErrorState } from '../ui/states.tsx';

const isMissingChunk = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script/i.test(error.message);

/** A page that could not be drawn; the rest of the dashboard goes on. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    // A chunk of an older version is gone after an update: only loading the page anew helps.
    if (isMissingChunk(error)) window.location.reload();
    else {
      reset();
      void router.invalidate();
    }
  };
  const shown = isMissingChunk(error)
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
