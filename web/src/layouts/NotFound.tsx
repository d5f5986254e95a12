import { Link } from '@tanstack/react-router';

import { buttonClass } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';

export function NotFound() {
  return (
    <Page title="Page not found">
      <EmptyState
        title="There is nothing at this address."
        hint="It may have been mistyped, or what it named is gone."
        action={
          <Link to="/" className={buttonClass('primary')}>
            To the overview
          </Link>
        }
      />
    </Page>
  );
}
