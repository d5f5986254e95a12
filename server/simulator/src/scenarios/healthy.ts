import type { ContainerPlan, ScenarioPlan } from './plan.ts';

export const SERVICES: ContainerPlan[] = [
  {
    identifier: 'env-lb',
    name: 'Load Balancer',
    instances: 2,
    service: 'loadbalancer',
    publicMode: 'enable',
    ports: ['80:80', '443:443'],
    cores: 0.35,
  },
  { identifier: 'env-discovery', name: 'Discovery', instances: 2, service: 'discovery', cores: 0.08 },
  {
    identifier: 'env-vpn',
    name: 'VPN',
    instances: 1,
    service: 'vpn',
    publicMode: 'enable',
    ports: ['1194:1194'],
  },
  { identifier: 'env-scheduler', name: 'Scheduler', instances: 2, service: 'scheduler', cores: 0.1 },
  { identifier: 'env-gateway', name: 'Gateway', instances: 1, service: 'gateway', publicMode: 'enable' },
];

export const DASHBOARD: ContainerPlan = {
  identifier: 'cyclorama',
  name: 'Cyclorama',
  instances: 1,
  self: true,
  publicMode: 'enable',
  ports: ['443:8080'],
  cores: 0.12,
  secrets: ['REROBOTS_API_TOKEN', 'SESSION_KEY'],
  domains: [{ fqdn: 'ops.orchardrobotics.example' }],
};

export const FUNCTIONS: ContainerPlan[] = [
  {
    identifier: 'render',
    name: 'Render',
    instances: 12,
    strategy: 'function',
    checks: false,
    functionLimits: { maxPoolSize: 12, maxShardConcurrency: 10, maxRuntime: '15m', maxQueueTime: '8s' },
    ramMegabytes: 2048,
    cores: 1.4,
  },
  {
    identifier: 'simulate',
    name: 'Simulate',
    instances: 6,
    strategy: 'function',
    checks: false,
    functionLimits: { maxPoolSize: 6, maxShardConcurrency: 5, maxRuntime: '30m', maxQueueTime: '5s' },
    ramMegabytes: 4096,
    cores: 1.8,
  },
];

/** What a robotics company runs next to its dashboard. */
export const APPLICATIONS: ContainerPlan[] = [
  {
    identifier: 'api',
    name: 'API',
    instances: 6,
    strategy: 'high-availability',
    publicMode: 'enable',
    ports: ['443:8443'],
    ramMegabytes: 1024,
    cores: 0.5,
    secrets: ['DATABASE_URL', 'JWT_SIGNING_KEY'],
    domains: [
      { fqdn: 'api.orchardrobotics.example' },
      { fqdn: 'api-canary.orchardrobotics.example', deploymentTag: 'canary' },
    ],
  },
  {
    identifier: 'web',
    name: 'Web',
    instances: 4,
    strategy: 'high-availability',
    publicMode: 'enable',
    ports: ['443:3000', '80:3000'],
    cores: 0.2,
    domains: [{ fqdn: 'orchardrobotics.example' }, { fqdn: 'www.orchardrobotics.example' }],
  },
  {
    identifier: 'planner',
    name: 'Planner',
    instances: 4,
    ramMegabytes: 2048,
    cores: 0.9,
    secrets: ['MAP_KEY'],
  },
  {
    identifier: 'telemetry-ingest',
    name: 'Telemetry Ingest',
    instances: 4,
    publicMode: 'enable',
    ports: ['8883:8883'],
    cores: 0.6,
    secrets: ['MQTT_PASSWORD'],
    domains: [{ fqdn: 'ingest.orchardrobotics.example' }],
  },
  {
    identifier: 'map-tiles',
    name: 'Map Tiles',
    instances: 4,
    publicMode: 'enable',
    ports: ['443:8080'],
    cores: 0.25,
  },
  { identifier: 'video-relay', name: 'Video Relay', instances: 4, ramMegabytes: 1024, cores: 0.75 },
  {
    identifier: 'postgres',
    name: 'Postgres',
    instances: 2,
    stateful: true,
    publicMode: 'disable',
    ramMegabytes: 4096,
    cores: 0.45,
    secrets: ['POSTGRES_PASSWORD'],
  },
  {
    identifier: 'redis',
    name: 'Redis',
    instances: 3,
    stateful: true,
    publicMode: 'disable',
    checks: false,
    cores: 0.15,
  },
  {
    identifier: 'mqtt-broker',
    name: 'MQTT Broker',
    instances: 3,
    stateful: true,
    cores: 0.3,
    secrets: ['BRIDGE_KEY'],
  },
];

/** Nothing is wrong for long: sixty instances over four servers in two places. */
export const healthy: ScenarioPlan = {
  name: 'healthy',
  environment: { identifier: 'orchard-production', name: 'Orchard Production' },
  locations: [
    { code: 'ewr', vendor: 'vultr', name: 'New Jersey' },
    { code: 'fra', vendor: 'vultr', name: 'Frankfurt' },
  ],
  servers: 4,
  containers: [...APPLICATIONS, DASHBOARD, ...FUNCTIONS, ...SERVICES],
  virtualMachines: [
    {
      identifier: 'fleet-license',
      name: 'Fleet License Server',
      image: 'alpine:v3.20',
      cpuCores: 2,
      ramGigabytes: 4,
      diskGigabytes: 40,
      publicIp: false,
    },
    {
      identifier: 'ros-build',
      name: 'ROS Build Host',
      image: 'ubuntu:24.04',
      cpuCores: 8,
      ramGigabytes: 16,
      diskGigabytes: 200,
      publicIp: true,
      domain: 'build.orchardrobotics.example',
    },
  ],
  networks: [
    { identifier: 'shared', name: 'Shared' },
    { identifier: 'field-link', name: 'Field Link' },
  ],
  disabledServices: [],
  life: { lowMs: 4_000, highMs: 9_000 },
  others: 'some',
  neighbours: true,
};
