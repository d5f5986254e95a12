const segment = encodeURIComponent;

/** Apart from the others: the first page loads those. */
export const environmentPaths = {
  variables: () => '/api/environment/variables',
  variableReveal: (name: string) => `/api/environment/variables/${segment(name)}/reveal`,
  settings: () => '/api/environment/settings',
  metadataFile: () => '/api/environment/metadata-file',
  vpnCheck: () => '/api/environment/vpn-check',
  hub: () => '/api/hub',
  integration: () => '/api/hub/integration',
  hubActivity: () => '/api/hub/activity',
  instanceLogs: (id: string) => `/api/instances/${segment(id)}/logs`,
  instanceConsole: (id: string) => `/api/instances/${segment(id)}/console`,
  objectCache: () => '/api/object-cache',
  sendMetrics: () => '/api/monitoring/metrics',
  sendEvents: () => '/api/monitoring/events',
  sendSnapshots: () => '/api/load-balancer/snapshots',
  notifications: () => '/api/notifications',
} as const;
