import { Link } from '@tanstack/react-router';

import { buttonClass } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';

export function NotFound() {
  return (
    <Page title="Page not found">
      <EmptyState
        title="Nothing at this address."
        hint="It may be mistyped, or the resource is gone."
        action={
          <Link to="/" className={buttonClass('primary')}>
            Go to overview
          </Link>
        }
      />
    </Page>
  );
}
