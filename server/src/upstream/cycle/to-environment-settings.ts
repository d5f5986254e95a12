import type { output } from 'zod';

import { asText, digestOf } from './setting-values.ts';
import type { WatchedSettings } from './types.ts';
import type { environment } from './wire.ts';

/** What the page calls them where it is not Cycle's word with a capital. */
const SERVICES: Readonly<Record<string, string>> = { loadbalancer: 'load balancer', vpn: 'VPN' };

/** A service's configuration may hold secrets, so it is only told that it changed. */
export function toEnvironmentSettings(it: output<typeof environment>): WatchedSettings {
  const plain: WatchedSettings['plain'] = {};
  const digests: WatchedSettings['digests'] = {
    monitoring: digestOf(it.features),
    'private network': digestOf(it.private_network),
  };
  for (const [key, service] of Object.entries(it.services ?? {})) {
    const name = SERVICES[key] ?? key;
    plain[`${name} switched on`] = asText(service?.enable);
    plain[`high availability of ${name}`] = asText(service?.high_availability);
    plain[`automatic updates of ${name}`] = asText(service?.auto_update);
    digests[`configuration of ${name}`] = digestOf(service?.config);
  }
  for (const [tag, version] of Object.entries(it.deployments?.tags ?? {})) {
    plain[`deployment tag ${tag}`] = asText(version);
  }
  return { plain, digests };
}
