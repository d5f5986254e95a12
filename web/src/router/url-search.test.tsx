import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { showPage } from '../testing/show-page.tsx';
import { urlSearchHook } from './url-search.ts';

const schema = z.object({
  q: z.string().optional().catch(undefined),
  state: z.array(z.string()).optional().catch(undefined),
  page: z.number().optional().catch(undefined),
});
const useListSearch = urlSearchHook('/list', schema);
const useStepSearch = urlSearchHook('/list', schema, { history: 'push' });

function show(address: string, useHook: typeof useListSearch = useListSearch) {
  const hook: { change: ReturnType<typeof useListSearch>[1] } = { change: () => {} };
  function List() {
    const [search, change] = useHook();
    hook.change = change;
    return <output>{JSON.stringify(search)}</output>;
  }
  const { router } = showPage('/list', address, List, 'viewer', ({ path }) => {
    throw new Error(`nothing is fetched here: ${path}`);
  });
  return { change: (changed: Parameters<typeof hook.change>[0]) => hook.change(changed), router };
}

const shown = (): unknown => JSON.parse(screen.getByRole('status').textContent);

it('reads the address, without what does not fit', async () => {
  show('/list?q=api&page=first&other=1');
  await waitFor(() => expect(shown()).toEqual({ q: 'api' }));
});

it('sets a parameter, takes out another and keeps the rest, without a step in the history', async () => {
  const { change, router } = show('/list?q=api&page=2');
  await waitFor(() => expect(shown()).toEqual({ q: 'api', page: 2 }));
  act(() => change({ state: ['running'], page: undefined }));
  await waitFor(() => expect(shown()).toEqual({ q: 'api', state: ['running'] }));
  expect(router.history.length).toBe(1);
});

it('keeps both of two changes in one tick', async () => {
  const { change } = show('/list?page=2');
  await waitFor(() => expect(shown()).toEqual({ page: 2 }));
  act(() => {
    change({ q: 'api' });
    change({ state: ['running'] });
  });
  await waitFor(() => expect(shown()).toEqual({ page: 2, q: 'api', state: ['running'] }));
});

it('gives a change the newest address, so that two additions to one list both stay', async () => {
  const { change } = show('/list');
  await waitFor(() => expect(shown()).toEqual({}));
  act(() => {
    change(({ state = [] }) => ({ state: [...state, 'running'] }));
    change(({ state = [] }) => ({ state: [...state, 'failed'] }));
  });
  await waitFor(() => expect(shown()).toEqual({ state: ['running', 'failed'] }));
});

it('makes each change a step that Back undoes where that is asked for', async () => {
  const { change, router } = show('/list?page=2', useStepSearch);
  await waitFor(() => expect(shown()).toEqual({ page: 2 }));
  act(() => change({ page: 3 }));
  await waitFor(() => expect(shown()).toEqual({ page: 3 }));
  act(() => router.history.back());
  await waitFor(() => expect(shown()).toEqual({ page: 2 }));
});
