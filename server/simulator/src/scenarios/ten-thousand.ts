import { APPLICATIONS, DASHBOARD, FUNCTIONS, healthy, SERVICES } from './healthy.ts';
import type { ContainerPlan, ScenarioPlan } from './plan.ts';

const SITES = 12;
const TOTAL = 10_000;

/** Every application once for each of twelve sites, filled up to ten thousand instances in all. */
function containers(): ContainerPlan[] {
  const fixed = [DASHBOARD, ...FUNCTIONS, ...SERVICES];
  const sites: ContainerPlan[] = Array.from({ length: SITES }, (_, site) =>
    APPLICATIONS.map((plan) => ({
      ...plan,
      identifier: `site-${site + 1}-${plan.identifier}`,
      name: `Site ${site + 1} ${plan.name}`,
      domains: [],
    })),
  ).flat();
  const taken = fixed.reduce((sum, plan) => sum + plan.instances, 0) + healthy.virtualMachines.length;
  const each = Math.floor((TOTAL - taken) / sites.length);
  const rest = TOTAL - taken - each * sites.length;
  return [...sites.map((plan, place) => ({ ...plan, instances: each + (place < rest ? 1 : 0) })), ...fixed];
}

/** Ten thousand instances in 118 containers over forty servers in four places; some twenty change each second. */
export const tenThousand: ScenarioPlan = {
  ...healthy,
  name: 'ten-thousand',
  robots: 'ten-thousand',
  locations: [
    ...healthy.locations,
    { code: 'nrt', vendor: 'vultr', name: 'Tokyo' },
    { code: 'sjc', vendor: 'equinix', name: 'Silicon Valley' },
  ],
  servers: 40,
  containers: containers(),
  life: { lowMs: 120, highMs: 220 },
};
