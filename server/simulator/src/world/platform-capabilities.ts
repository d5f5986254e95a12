/** Of an API key, those that the simulated operations require (Cycle public API). */
export const PLATFORM_CAPABILITIES = [
  'scoped-variables-view',
  'hubs-auditlog-view',
  'monitor-view',
  'containers-console',
  'containers-view',
] as const;
export type PlatformCapability = (typeof PLATFORM_CAPABILITIES)[number];
