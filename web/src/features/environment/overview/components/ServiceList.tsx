import type { Overview } from '@cyclorama/shared/environment.ts';

import { ResourceLink } from '../../../../router/resource-link.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { visualOf } from '../../../../ui/state-visual.ts';

type Service = Overview['services'][number];

const NAMES: Record<string, string> = {
  loadbalancer: 'Load balancer',
  discovery: 'Discovery',
  vpn: 'VPN',
  scheduler: 'Scheduler',
  gateway: 'Gateway',
};

function labelOf({ state, running, total }: Service): string {
  if (total === 0) return 'No instances';
  if (state === 'failed') return running === 0 ? 'Down' : 'Partly running';
  if (state === 'running') return 'Running';
  return running === 0 ? visualOf(state).label : 'Partly running';
}

function Row({ service: one }: { service: Service }) {
  const { service, containerId, running, total, state } = one;
  const { shape, tone } = visualOf(state);
  return (
    <li className="-mr-px -mb-px flex min-h-9 items-center gap-2 border-r border-b border-line px-3">
      <StateGlyph shape={shape} tone={tone} />
      <ResourceLink kind="container" id={containerId} className="font-medium hover:underline">
        {NAMES[service] ?? service}
      </ResourceLink>
      <span className="ml-auto text-muted">
        {labelOf(one)}, {running} of {total}
      </span>
    </li>
  );
}

export function ServiceList({ services }: { services: readonly Service[] }) {
  return (
    <Panel title="Services" flush>
      {services.length === 0 ? (
        <p className="px-3 py-6 text-center text-muted">This environment has no services.</p>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,220px),1fr))] overflow-hidden rounded-b-lg">
          {services.map((service) => (
            <Row key={service.containerId} service={service} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
