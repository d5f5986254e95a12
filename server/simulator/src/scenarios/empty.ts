import { DASHBOARD, healthy } from './healthy.ts';
import type { ScenarioPlan } from './plan.ts';

export const empty: ScenarioPlan = {
  ...healthy,
  name: 'empty',
  robots: 'empty',
  environment: { identifier: 'new-environment', name: 'New Environment' },
  locations: healthy.locations.slice(0, 1),
  servers: 1,
  containers: [DASHBOARD],
  virtualMachines: [],
  networks: [],
  disabledServices: ['loadbalancer', 'discovery', 'vpn', 'scheduler', 'gateway'],
  neighbours: false,
  others: 'none',
};
