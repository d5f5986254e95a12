import type { AlertRuleRequest } from '@cyclorama/shared/alerts.ts';
import type { Coverage } from '@cyclorama/shared/collectors.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import type { AlertRuleRow } from '../../store/alert-rules.ts';
import { createSources } from './feature.ts';
import { createNodeReader } from './sources/nodes.ts';
import type { NodeTexts } from './sources/nodes.ts';

type InstanceNode = Extract<TopologyNode, { kind: 'instance' }>;

export const instanceNode = (id: string, over: Partial<InstanceNode> = {}): InstanceNode => ({
  kind: 'instance',
  id,
  name: `api-${id}`,
  containerId: 'c1',
  serverId: 's1',
  locationId: 'l1',
  hostname: `api-${id}`,
  state: { current: 'running', changed: null, error: null },
  health: 'healthy',
  healthSince: null,
  ready: null,
  readySince: null,
  readyState: 'active',
  privateIp: null,
  service: null,
  isFunction: false,
  deployment: null,
  migratingTo: null,
  startedAt: null,
  ...over,
});

export const containerNode = (id: string, over: { name?: string } = {}): TopologyNode => ({
  kind: 'container',
  id,
  name: id,
  identifier: id,
  environmentId: 'e1',
  state: { current: 'running', changed: null, error: null },
  service: null,
  isFunction: false,
  isDisabled: false,
  desiredInstances: null,
  strategy: null,
  publicNetwork: null,
  deployment: null,
  ...over,
});

export const serverNode = (id: string): TopologyNode => ({
  kind: 'server',
  id,
  name: id,
  locationId: 'l1',
  provider: null,
  isOwn: false,
  state: null,
});

/** Of a server that a collector reads. */
export const coverage = (serverId: string): Coverage => ({
  serverId,
  hostname: null,
  instances: 1,
  by: 'collector',
  state: 'reporting',
  since: null,
  lastReportAt: null,
  lastSampleAt: null,
  instanceId: null,
  version: null,
  waiting: 0,
  dropped: 0,
  reason: null,
});

export const domainNode = (id: string, certificateExpires: string): TopologyNode => ({
  kind: 'domain',
  id,
  name: `${id}.example.com`,
  containerId: 'c1',
  virtualMachineId: null,
  tls: true,
  record: null,
  certificateExpires,
  certificateIssued: null,
  certificateIsOwn: false,
  state: null,
});

export const ruleRequest = (over: Partial<AlertRuleRequest> = {}): AlertRuleRequest => ({
  name: 'Unhealthy',
  condition: { kind: 'instance-state', is: 'unhealthy' },
  scope: { objects: [], names: [], deployments: [] },
  forSeconds: 60,
  severity: 'warning',
  enabled: true,
  ...over,
});

export const ruleRow = (id: string, over: Partial<AlertRuleRequest> = {}): AlertRuleRow => {
  const { name, condition, scope, forSeconds, severity, enabled } = ruleRequest(over);
  return {
    id,
    name,
    condition: JSON.stringify(condition),
    scope: JSON.stringify(scope),
    for_seconds: forSeconds,
    severity,
    enabled: enabled ? 1 : 0,
    is_built_in: 0,
    changed_by: 'ada',
    changed_at: 1,
  };
};

/** The topology as the environment offers it. */
export function nodeTexts(...nodes: TopologyNode[]): Map<string, string> {
  return new Map(nodes.map((node) => [node.id, JSON.stringify(node)]));
}

/** Of these nodes and of nothing else. */
export function sourcesOfNodes(
  db: Parameters<typeof createSources>[0]['db'],
  nodes: NodeTexts,
): ReturnType<typeof createSources> {
  const live = { state: 'live', asOf: null, failingSince: null, reason: null } as const;
  let reads = 0;
  return createSources({
    db,
    // Each time another: what a test changes is seen at once.
    nodes: createNodeReader(nodes, () => (reads += 1)),
    pools: () => ({ freshness: live, pools: [] }),
    robotType: () => null,
    latest: () => Promise.resolve(new Map()),
    collectors: () => ({ isConfigured: true, servers: [] }),
  });
}
