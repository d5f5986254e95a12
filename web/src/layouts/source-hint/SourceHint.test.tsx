import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { QueryView } from '../../api/query-view.tsx';
import { live } from '../../testing/builders/common.ts';
import { showPage } from '../../testing/show-page.tsx';
import { SourceHint } from './SourceHint.tsx';

const readAt = (ago: number) => new Date(Date.now() - ago).toISOString();

function Page() {
  const query = useQuery({
    queryKey: ['services'],
    queryFn: () => ({ freshness: { ...live, asOf: readAt(42_000) }, name: 'discovery' }),
  });
  return (
    <main>
      <h1>Services</h1>
      <QueryView query={query}>
        {({ name }) => (
          <>
            <p>{name}</p>
            <a href="#of">its container</a>
            <button type="button">Restart</button>
          </>
        )}
      </QueryView>
      <SourceHint />
    </main>
  );
}
const show = () => showPage('/', '/', Page, 'viewer', () => ({ body: { upstreams: [] } }));

it('tells the source and the age of what the pointer rests on, until it moves away', async () => {
  show();
  const user = userEvent.setup();
  await user.hover(await screen.findByText('discovery'));
  expect(await screen.findByRole('tooltip', { hidden: true })).toHaveTextContent(
    /^Cycle’s internal API, read 4\d s ago$/,
  );
  await user.hover(screen.getByRole('button'));
  await waitFor(() => expect(screen.queryByRole('tooltip', { hidden: true })).toBeNull());
});

it('describes to a screen reader what the keyboard leads to, and Escape ends it', async () => {
  show();
  const user = userEvent.setup();
  const link = await screen.findByRole('link');
  await user.tab();
  expect(link).toHaveFocus();
  await waitFor(() => expect(link).toHaveAccessibleDescription(/^Cycle’s internal API, read 4\d s ago$/));
  await user.keyboard('{Escape}');
  expect(link).not.toHaveAttribute('aria-describedby');
  expect(screen.queryByRole('tooltip', { hidden: true })).toBeNull();
});

it('has nothing to tell of what came from no answer, and to a finger', async () => {
  show();
  const user = userEvent.setup();
  const value = await screen.findByText('discovery');
  await user.hover(screen.getByRole('heading'));
  await user.pointer([{ keys: '[TouchA>]', target: value }]);
  await new Promise((resolve) => {
    setTimeout(resolve, 900);
  });
  expect(screen.queryByRole('tooltip', { hidden: true })).toBeNull();
});
