import type {
  EnvironmentSettings,
  LoadBalancerController,
  ServiceSettings,
  SettingsOfServices,
} from '@cyclorama/shared/settings.ts';
import type { z } from 'zod';

import { redactToHost } from '../../lib/redact-url.ts';
import { lifecycleTime } from './units.ts';
import type * as wire from './wire-settings.ts';

type Metadata = z.output<typeof wire.metadata>;
type Services = NonNullable<Metadata['services']>;
type Controller = NonNullable<
  NonNullable<NonNullable<NonNullable<Services['loadbalancer']>['config']>['details']>['controllers']
>[number];

const NAMES = ['loadbalancer', 'discovery', 'vpn', 'scheduler', 'gateway'] as const;
const hostOf = (url: string | null | undefined): string | null => (url == null ? null : redactToHost(url));

/** Of the environment, or of the metadata file: both hold services in the same shape. */
export function toSettingsOfServices(it: Metadata): SettingsOfServices {
  const { loadbalancer, vpn, scheduler, discovery } = it.services ?? {};
  const network = it.private_network;
  return {
    privateNetwork:
      network == null
        ? null
        : {
            cidr: network.ipv6?.cidr ?? null,
            vxlanTag: network.vxlan_tag ?? null,
            subnet: network.subnet ?? null,
          },
    deploymentTags: Object.entries(it.deployments?.tags ?? {}).map(([tag, version]) => ({ tag, version })),
    services: NAMES.flatMap((name) => toService(name, it.services?.[name])),
    loadBalancer: loadbalancer?.config == null ? null : toLoadBalancer(loadbalancer.config),
    vpn: vpn?.config == null ? null : toVpn(vpn.config),
    scheduler:
      scheduler?.config == null
        ? null
        : {
            public: scheduler.config.public ?? null,
            accessKeys: (scheduler.config.access_keys ?? []).map(({ name, ips }) => ({
              name,
              ips: ips ?? [],
            })),
          },
    discovery:
      discovery?.config == null
        ? null
        : {
            customResolvers: discovery.config.custom_resolvers ?? [],
            domainSuffix: discovery.config.domain_suffix ?? null,
          },
  };
}

function toService(name: string, it: Services['gateway']): ServiceSettings[] {
  if (it == null) return [];
  return [
    {
      name,
      enabled: it.enable === true,
      containerId: it.container_id ?? null,
      highAvailability: it.high_availability ?? null,
      autoUpdate: it.auto_update ?? null,
    },
  ];
}

function toLoadBalancer(
  config: NonNullable<NonNullable<Services['loadbalancer']>['config']>,
): SettingsOfServices['loadBalancer'] {
  return {
    type: config.type ?? null,
    performance: config.performance ?? null,
    ipv4: config.ipv4 ?? null,
    ipv6: config.ipv6 ?? null,
    firewallRules: config.details?.waf?.rules?.length ?? 0,
    controllers: (config.details?.controllers ?? []).map(toController),
  };
}

function toController({ identifier, port, waf, transport }: Controller): LoadBalancerController {
  const config = transport?.config;
  return {
    name: identifier ?? `port-${port ?? '?'}`,
    port: port ?? null,
    enabled: transport != null && transport.disable !== true,
    mode: transport?.mode ?? null,
    tls: config?.ingress?.tls?.enable ?? null,
    performance: config?.performance ?? null,
    idleTimeout: config?.timeouts?.idle ?? null,
    verbosity: config?.verbosity ?? null,
    firewallRules: waf?.rules?.length ?? 0,
    routers: (transport?.routers ?? []).map((router) => ({
      mode: router.mode ?? null,
      domains: router.match?.domains ?? [],
      ports: router.match?.internal_ports ?? [],
      path: router.match?.path ?? null,
      stickySessions: router.config?.sticky_sessions ?? null,
      retries: router.config?.destination_retries ?? null,
    })),
  };
}

function toVpn(config: NonNullable<NonNullable<Services['vpn']>['config']>): SettingsOfServices['vpn'] {
  return {
    allowInternet: config.allow_internet ?? null,
    cycleAccounts: config.auth?.cycle_accounts ?? null,
    vpnAccounts: config.auth?.vpn_accounts ?? null,
    webhook: hostOf(config.auth?.webhook),
    hasCustomDirectives: config.custom_directives != null,
  };
}

export function toSettings(it: z.output<typeof wire.settings>): Omit<EnvironmentSettings, 'freshness'> {
  const monitoring = it.features?.monitoring;
  const drain = monitoring?.config?.logs?.drain;
  return {
    ...toSettingsOfServices(it),
    id: it.id,
    name: it.name ?? it.identifier ?? it.id,
    identifier: it.identifier ?? it.id,
    cluster: it.cluster ?? '',
    description: it.about?.description || null,
    state: it.state.current,
    createdAt: lifecycleTime(it.events?.created),
    legacyNetworking: it.features?.legacy_networking ?? null,
    monitoring:
      monitoring == null
        ? null
        : {
            tier: monitoring.tier ?? null,
            logs:
              drain == null
                ? null
                : {
                    url: hostOf(drain.url),
                    format: drain.format ?? null,
                    withoutServices: drain.exclude_services ?? null,
                  },
            metricsUrl: hostOf(monitoring.config?.metrics?.endpoint?.url),
            eventsUrl: hostOf(monitoring.config?.events?.endpoint?.url),
          },
  };
}
