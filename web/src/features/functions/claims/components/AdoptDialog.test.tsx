import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { resize } from '../../../../testing/builders/claims.ts';
import { refusal } from '../../../../testing/builders/common.ts';
import { inState, instance, topologyOf } from '../../../../testing/builders/topology.ts';
import { posted, showPage } from '../../../../testing/show-page.tsx';
import type { Sent } from '../../../../testing/show-page.tsx';
import { claimedNow, claimsAnswer, poolsAnswer } from '../../functions.fixture.ts';
import { FunctionsPage } from '../../FunctionsPage.tsx';

const ours = claimedNow({ state: 'running' });
const others = '651586fca6078e98982d0203';
const of = (id: string, current: string) =>
  instance(id, resize, { isFunction: true, state: inState(current), health: 'none' });
const topology = topologyOf([
  of(ours.instanceId ?? '', 'running'),
  of(others, 'running'),
  of('651586fca6078e98982d0204', 'stopped'),
]);

const show = (refusal?: { status: number; body: unknown }) =>
  showPage('/functions', '/functions', FunctionsPage, 'operator', ({ method, path }: Sent) => {
    if (path === '/api/functions') return poolsAnswer;
    if (path === '/api/topology') return { body: topology };
    if (method === 'POST')
      return refusal ?? { body: { ...ours, id: 'c9', instanceId: others, adopted: true } };
    if (path.startsWith('/api/claims?')) return claimsAnswer([ours]);
    return { body: { ...ours, id: 'c9', instanceId: others, adopted: true, transitions: [] } };
  });
async function fill(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByRole('button', { name: 'Adopt an instance of resize' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Adopt an instance of resize' }));
  await waitFor(() => expect(dialog.getByLabelText('Instance')).toHaveValue(others));
  await user.type(dialog.getByLabelText('Claim token'), 's3cret');
  return dialog;
}

it('takes over what runs without a claim, by its token, and shows the token nowhere', async () => {
  const user = userEvent.setup();
  const { sent } = show();
  const dialog = await fill(user);
  expect(within(dialog.getByLabelText('Instance')).getAllByRole('option')).toHaveLength(1);
  expect(dialog.getByLabelText('curl command')).toHaveTextContent('"token": "$INSTANCE_TOKEN"');
  expect(dialog.getByLabelText('Claim token')).toHaveAttribute('type', 'password');
  await user.click(dialog.getByRole('button', { name: /^Adopt / }));
  expect(await screen.findByText(/^Adopted\. Release it/)).toBeVisible();
  expect(posted(sent)).toEqual([
    { path: '/api/claims/adopt', body: { containerId: resize, instanceId: others, token: 's3cret' } },
  ]);
});

it('says that a token was refused, and keeps what was filled in', async () => {
  const user = userEvent.setup();
  show({ status: 502, body: refusal('upstream-refused', 'The scheduler refused the token.') });
  const dialog = await fill(user);
  await user.click(dialog.getByRole('button', { name: /^Adopt / }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('The scheduler refused the token.');
  expect(dialog.getByLabelText('Claim token')).toHaveValue('s3cret');
});

it('asks for at least five characters', async () => {
  const user = userEvent.setup();
  show();
  await user.click(await screen.findByRole('button', { name: 'Adopt an instance of resize' }));
  const dialog = within(await screen.findByRole('dialog'));
  await waitFor(() => expect(dialog.getByLabelText('Instance')).toHaveValue(others));
  await user.type(dialog.getByLabelText('Claim token'), 'abcd');
  expect(dialog.getByRole('alert')).toHaveTextContent('at least five characters');
  expect(dialog.getByRole('button', { name: /^Adopt / })).toHaveAccessibleDescription(/at least five/);
});
