import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { showPage } from '../../../../testing/show-page.tsx';
import { robotsBff } from '../../robots.fixture.ts';
import { RobotsPage } from '../../RobotsPage.tsx';

const show = (address: string) =>
  showPage('/robots', address, RobotsPage, 'operator', (request) => robotsBff(request));

it('pages and orders as its address says', async () => {
  show('/robots?sort_by=dec_wtype&max_per_page=1');
  const table = await screen.findByRole('table', { name: 'Robots' });
  expect(within(table).getByRole('link', { name: 'null b2051afa' })).toHaveAttribute(
    'href',
    '/robots/deployments/b2051afa-b331-4b82-8bd4-9eea9ad78242',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Next' }));
  expect(await within(table).findByRole('link', { name: 'fixed_misty2 82051afa' })).toBeVisible();
  expect(screen.getByText('2–2 of 2')).toBeVisible();
});

it('searches by the length of the queue in rerobots’ own words, u for no limit', async () => {
  const user = userEvent.setup();
  const { router } = show('/robots?maxlen=u');
  const queue = await screen.findByLabelText('Queue');
  const chosen = () => within(queue).getByRole<HTMLOptionElement>('option', { selected: true }).textContent;
  const address = () => router.state.location.search;
  expect(chosen()).toBe('Any queue');
  expect(await screen.findByText('2 robots')).toBeVisible();
  expect(address()).toEqual({ maxlen: 'u' });
  await user.selectOptions(queue, 'No one waiting');
  expect(address()).toEqual({ maxlen: 1 });
  await user.selectOptions(queue, 'Any queue');
  expect(address()).toEqual({ maxlen: 'u' });
});

it('names a length of the queue that only the address can ask for', async () => {
  show('/robots?maxlen=7');
  expect(await screen.findByLabelText('Queue')).toHaveDisplayValue('At most 6 waiting');
});

it('opens from its address with the filter as it was', async () => {
  show('/robots?region=eu%3Aberlin');
  expect(await screen.findByText('1 of 2 robots')).toBeVisible();
  expect(screen.getByLabelText('Region')).toHaveValue('eu:berlin');
});
