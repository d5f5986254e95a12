import { expect, test } from '../fixtures.ts';
import { fact } from '../page.ts';
import { stateOf } from '../world.ts';

test('what another tool runs is adopted by its token, and then released from here', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const token = 'another-tool-s-token';
  const { ids } = await stateOf(world);
  const containerId = ids.containers['simulate'] ?? '';
  const shard = new URL(world.env['SCHEDULER_URL'] ?? '');
  const host = world.env['SCHEDULER_ADDRESSES']?.split(',')[0] ?? '';
  const call = async (action: 'claim' | 'spawn', body: object) => {
    const answer = await fetch(`http://${host}:${shard.port}/v1/functions/${containerId}/${action}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-cycle-access-key': world.env['SCHEDULER_ACCESS_KEY'] ?? '',
      },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as { data: { instance_id: string } };
  };
  const { instance_id: instanceId } = (await call('claim', { token })).data;
  await call('spawn', { token, instance_id: instanceId, runtime_variables: {} });

  await page.goto('/functions');
  await page.getByRole('button', { name: 'Adopt an instance of Simulate' }).click();
  const form = page.getByRole('dialog', { name: 'Adopt an instance of Simulate' });
  await expect(form.getByLabel('Instance').locator(`option[value="${instanceId}"]`)).toBeAttached();
  await form.getByLabel('Instance').selectOption(instanceId);
  await form.getByLabel('Claim token').fill(token);
  await form.getByRole('button', { name: /^Adopt / }).click();
  const adopted = page.getByRole('dialog', { name: 'Adopted Simulate' });
  await expect(adopted).toContainText('Adopted.');
  await adopted.getByRole('link', { name: 'Open claim' }).click();
  await expect(fact(page, 'Origin')).toHaveText('Adopted');
  await page.getByRole('button', { name: 'Release…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release Simulate' }).click();
  await expect(fact(page, 'State')).toHaveText('Released', { timeout: 20_000 });
});
