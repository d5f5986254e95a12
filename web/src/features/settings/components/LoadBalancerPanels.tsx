import type { LoadBalancerController, SettingsOfServices } from '@cyclorama/shared/settings.ts';

import { NO_VALUE, plural } from '../../../lib/units.ts';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { LB_TYPES, ROUTER_MODES, onOff } from '../words.ts';

export function LoadBalancerPanels({ loadBalancer }: { loadBalancer: SettingsOfServices['loadBalancer'] }) {
  if (loadBalancer === null) {
    return (
      <EmptyState
        title="No load balancer settings"
        hint="Cycle decides everything by itself until somebody sets it up in Cycle."
      />
    );
  }
  const { type, controllers } = loadBalancer;
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <Panel title="Load balancer">
        <DefinitionList
          items={[
            ['Kind', LB_TYPES[type ?? ''] ?? type ?? NO_VALUE],
            ['IPv4', onOff(loadBalancer.ipv4)],
            ['IPv6', onOff(loadBalancer.ipv6)],
            ['Performance mode', onOff(loadBalancer.performance)],
            ['Firewall', plural(loadBalancer.firewallRules, 'rule')],
          ]}
        />
      </Panel>
      {controllers.map((controller) => (
        <ControllerPanel key={controller.name} controller={controller} />
      ))}
      {controllers.length === 0 && (
        <p className="text-muted">It has no controllers of its own: Cycle’s defaults hold for every port.</p>
      )}
    </div>
  );
}

function ControllerPanel({ controller }: { controller: LoadBalancerController }) {
  const { name, routers } = controller;
  return (
    <Panel title={`Controller ${name}`}>
      <DefinitionList
        items={[
          ['Port', controller.port === null ? NO_VALUE : String(controller.port)],
          ['State', controller.enabled ? 'On' : 'Off'],
          ['Traffic', controller.mode?.toUpperCase() ?? NO_VALUE],
          ['TLS', onOff(controller.tls)],
          ['Idle for at most', controller.idleTimeout ?? NO_VALUE],
          ['Logs', controller.verbosity ?? NO_VALUE],
          ['Performance mode', onOff(controller.performance)],
          ['Firewall', plural(controller.firewallRules, 'rule')],
          ...routers.map((router, at) => [`Router ${at + 1}`, describeRouter(router)] as const),
        ]}
      />
    </Panel>
  );
}

function describeRouter(router: LoadBalancerController['routers'][number]): string {
  const what = [
    router.domains.length === 0 ? 'any domain' : router.domains.join(', '),
    ...(router.ports.length === 0 ? [] : [`port ${router.ports.join(', ')}`]),
    ...(router.path === null ? [] : [`path ${router.path}`]),
  ].join(', ');
  const how = ROUTER_MODES[router.mode ?? ''] ?? router.mode ?? NO_VALUE;
  const more = [
    ...(router.retries === null ? [] : [plural(router.retries, 'retry', 'retries')]),
    ...(router.stickySessions === true ? ['sticky sessions'] : []),
  ].join(', ');
  return `${what} → ${how}${more === '' ? '' : ` (${more})`}`;
}
