import type { AlertRule, AlertRuleRequest } from '../../shared/src/alerts.ts';
import { paths } from '../../shared/src/paths.ts';
import type { Api } from '../lib/signed-in.ts';
import type { World } from './world.ts';

const unhealthy: AlertRuleRequest = {
  name: 'Unhealthy, told at once',
  condition: { kind: 'instance-state', is: 'unhealthy' },
  scope: { objects: [], names: [], deployments: [] },
  forSeconds: 0,
  severity: 'warning',
  enabled: true,
};

/** Makes the rule; returns its id. */
export async function ruleOfUnhealthy(api: Api): Promise<string> {
  const { status, body } = await api.call('POST', paths.alertRules(), unhealthy);
  if (status !== 201) throw new Error(`a rule of alerts answered ${status}`);
  return (body as AlertRule).id;
}

/** Of each of these instances one alert in all, which fires: none lost, none doubled, none ended and begun again. */
export async function alertedOnce(
  world: World,
  ruleId: string,
  instanceIds: readonly string[],
): Promise<string | null> {
  const rows = await world.query<{ rule_id: string; object_id: string; state: string }>(
    'select rule_id, object_id, state from alerts',
  );
  for (const id of instanceIds) {
    const states = rows
      .filter(({ rule_id, object_id }) => rule_id === ruleId && object_id === id)
      .map(({ state }) => state);
    if (states.join() !== 'firing') return `${id} has ${states.join(', ') || 'none'}`;
  }
  return null;
}
