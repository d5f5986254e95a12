import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { DocumentedOperation } from '../../api/api-document.ts';
import { showPage } from '../../testing/show-page.tsx';
import { ApiDocumentPage } from './ApiDocumentPage.tsx';

const operation = (fields: Partial<DocumentedOperation>): DocumentedOperation => ({
  operationId: 'getClaims',
  tags: ['claims'],
  summary: 'Lists claims',
  description: 'Everyone signed in.',
  parameters: [],
  responses: {
    200: { description: 'OK', content: { 'application/json': { schema: { $ref: '#/x/Claim' } } } },
  },
  'x-role': 'viewer',
  'x-session-only': false,
  'x-confirm': false,
  ...fields,
});
const document = {
  openapi: '3.1.1',
  info: { version: '1', description: '' },
  paths: {
    '/api/claims/{id}': {
      get: operation({
        parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string', format: 'uuid' } }],
      }),
      delete: operation({
        operationId: 'deleteClaimsById',
        summary: 'Ends one',
        'x-role': 'admin',
        'x-session-only': true,
      }),
    },
    '/api/proxy/cycle/v1/hub': { get: operation({ operationId: 'getHub', tags: ['proxy: cycle'] }) },
    '/api/collect': {
      post: operation({ operationId: 'postCollect', tags: ['collect'], 'x-role': 'secret' }),
    },
    '/api/about': { get: operation({ operationId: 'getAbout', tags: ['about'], 'x-role': 'anyone' }) },
  },
  components: {
    schemas: {
      Claim: { type: 'object', properties: { parent: { $ref: '#/x/Claim' }, state: { type: 'string' } } },
    },
  },
};

const scrolled = vi.fn<() => void>();
beforeEach(() => {
  scrolled.mockClear();
  Element.prototype.scrollIntoView = scrolled;
});
const show = (address: string) =>
  showPage('/access-tokens/api', address, ApiDocumentPage, 'viewer', () => ({ body: document }));
const operations = () =>
  screen
    .getAllByRole('button', { expanded: false })
    .concat(screen.queryAllByRole('button', { expanded: true }));

it('lists operations by tag, the upstreams’ last, and opens one into the address', async () => {
  const { router } = show('/access-tokens/api');
  await screen.findByRole('heading', { level: 2, name: 'About' });
  expect(screen.getAllByRole('heading', { level: 2 }).map((each) => each.textContent)).toEqual([
    'About',
    'Claims',
    'Collect',
    'Proxy: cycle',
  ]);
  await userEvent.click(screen.getByRole('button', { name: /^GET \/api\/claims/ }));
  expect(router.state.location.search).toEqual({ operation: 'getClaims' });
  expect(screen.getByLabelText('curl command')).toHaveTextContent(/\/api\/claims\/:id' .*\$CYCLORAMA_TOKEN/);
  expect(screen.getByText('string (uuid)')).toBeVisible();
});

it('opens what its address names, and goes deeper into an answer on demand', async () => {
  show('/access-tokens/api?operation=getAbout');
  const open = await screen.findByRole('button', { expanded: true });
  expect(open).toHaveAccessibleName(/^GET \/api\/about/);
  expect(scrolled).toHaveBeenCalledOnce();
  expect(screen.getByLabelText('curl command')).not.toHaveTextContent('CYCLORAMA_TOKEN');
  expect(screen.getAllByText('state')).toHaveLength(1);
  await userEvent.click(screen.getByText('parent'));
  expect(await screen.findAllByText('state')).toHaveLength(2);
});

it('offers no line for a script where scripts are refused', async () => {
  show('/access-tokens/api?operation=deleteClaimsById');
  expect(await screen.findByText(/Scripts can’t do this/)).toBeVisible();
  expect(screen.queryByLabelText('curl command')).not.toBeInTheDocument();
  expect(within(screen.getByRole('button', { expanded: true })).getByText('page only')).toBeVisible();
});

it('filters by method, path and words, and says when nothing matches', async () => {
  show('/access-tokens/api');
  const filter = await screen.findByRole('textbox', { name: 'Filter operations' });
  await userEvent.type(filter, 'delete claims');
  expect(operations()).toHaveLength(1);
  expect(screen.getByText('1 of 5 operations')).toBeVisible();
  await userEvent.type(filter, ' nothing');
  expect(screen.getByText('No operation matches.')).toBeVisible();
});

it('steps through operations by the keyboard', async () => {
  show('/access-tokens/api');
  const about = await screen.findByRole('button', { name: /about/ });
  about.focus();
  await userEvent.keyboard('j');
  expect(screen.getByRole('button', { name: /^GET \/api\/claims/ })).toHaveFocus();
  await userEvent.keyboard('kk');
  expect(about).toHaveFocus();
});

it('gives no curl for what is opened by a secret of its own', async () => {
  show('/access-tokens/api?operation=postCollect');
  expect(await screen.findByText('secret')).toBeVisible();
  expect(screen.queryByLabelText('curl command')).toBeNull();
});
