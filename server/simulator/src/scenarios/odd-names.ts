import { healthy } from './healthy.ts';
import { instanceOf } from './instance-of.ts';
import type { ContainerPlan, ScenarioPlan } from './plan.ts';

const RIGHT_TO_LEFT_OVERRIDE = '\u202E';
const UNCLOSED_ISOLATE = '\u2067';
const ESCAPES = '\u001B[2J\u001B[31mred\u001B[0m\u0007';
const ARABIC = 'خدمة معالجة الخرائط';
const SENTENCE = 'A title that somebody took for a description and that goes on and on ';

const odd = (identifier: string, name: string, more: Partial<ContainerPlan> = {}): ContainerPlan => ({
  identifier,
  name,
  instances: 2,
  checks: false,
  ...more,
});

const ODD_CONTAINERS: ContainerPlan[] = [
  odd('no-name', ''),
  odd('blank-name', ' \t '),
  odd('', ''),
  odd('right-to-left', `${RIGHT_TO_LEFT_OVERRIDE}gnp.troper`),
  odd('unclosed-isolate', `${UNCLOSED_ISOLATE}שלום report`),
  odd('arabic', ARABIC, { publicMode: 'enable', domains: [{ fqdn: `${'long-'.repeat(12)}.example` }] }),
  odd('long-title', SENTENCE.repeat(6).trim()),
  odd('unbroken-title', 'x'.repeat(300)),
  odd('escapes', ESCAPES),
  odd('markup', '<img src=x onerror=alert(1)> & "quoted"'),
  odd('emoji', '👩‍👩‍👧‍👦 Família'),
  odd('odd-function', '', {
    strategy: 'function',
    functionLimits: { maxPoolSize: 2, maxShardConcurrency: 2, maxRuntime: null, maxQueueTime: '5s' },
  }),
];

export const oddNames: ScenarioPlan = {
  ...healthy,
  name: 'odd-names',
  robots: 'odd-names',
  environment: { identifier: 'odd-names', name: `${ARABIC} ${SENTENCE.repeat(3)}` },
  containers: [...healthy.containers, ...ODD_CONTAINERS],
  virtualMachines: healthy.virtualMachines.map((machine, place) =>
    place === 0 ? { ...machine, name: '' } : { ...machine, name: `${RIGHT_TO_LEFT_OVERRIDE}mv` },
  ),
  networks: [
    ...healthy.networks,
    { identifier: 'no-name-network', name: '' },
    { identifier: 'right-to-left-network', name: `${RIGHT_TO_LEFT_OVERRIDE}krowten` },
  ],
  shape({ world, states }) {
    const fail = (identifier: string, message: string) =>
      states.fail(instanceOf(world, identifier, 1), message);
    fail('unbroken-title', 'E'.repeat(5_000));
    fail('escapes', `${ESCAPES}\r\nexit 1`);
    fail('right-to-left', `${RIGHT_TO_LEFT_OVERRIDE}delebal ti saw`);
    fail('arabic', `${ARABIC}: exit 1`);
    fail('markup', '<script>alert(1)</script>');
    fail('no-name', '');
    const [, second] = world.servers.values();
    if (second) Object.assign(second, { hostname: '' });
  },
};
