import type { Overview } from '@cyclorama/shared/environment.ts';

import { ResourceLink } from '../../../../router/resource-link.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';

type Service = Overview['services'][number];

const NAMES: Record<string, string> = {
  loadbalancer: 'Load balancer',
  discovery: 'Discovery',
  vpn: 'VPN',
  scheduler: 'Scheduler',
  gateway: 'Gateway',
};

function Row({ service: { service, containerId, running, total } }: { service: Service }) {
  const [shape, tone, label] =
    running === 0 && total > 0
      ? (['square', 'danger', 'Down'] as const)
      : running < total
        ? (['half', 'warning', 'Partly running'] as const)
        : total === 0
          ? (['ring', 'muted', 'No instances'] as const)
          : (['filled', 'success', 'Running'] as const);
  return (
    <li className="flex min-h-9 items-center gap-2 px-3">
      <StateGlyph shape={shape} tone={tone} />
      <ResourceLink kind="container" id={containerId} className="font-medium hover:underline">
        {NAMES[service] ?? service}
      </ResourceLink>
      <span className="ml-auto text-muted">
        {label}, {running} of {total}
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
        <ul className="divide-y divide-line">
          {services.map((service) => (
            <Row key={service.containerId} service={service} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
