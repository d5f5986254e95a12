import type { output } from 'zod';

import { asText, digestOf } from './setting-values.ts';
import type { WatchedSettings } from './types.ts';
import type { container } from './wire.ts';

type Config = NonNullable<output<typeof container>['config']>;

/** Without the number of instances, whose change is a scaling. */
export function toContainerSettings({ network, deploy, runtime, resources }: Config): WatchedSettings {
  return {
    plain: {
      'public network': asText(network?.public),
      hostname: asText(network?.hostname),
      ports: asText(network?.ports),
      'deployment strategy': asText(deploy?.strategy),
      'memory limit': asText(resources?.ram?.limit),
      'memory reserve': asText(resources?.ram?.reserve),
      'CPU limit': asText(resources?.cpu?.shares?.limit),
      'CPU reserve': asText(resources?.cpu?.shares?.reserve),
    },
    digests: {
      'environment variables': digestOf(runtime?.environment_vars),
      'health check': digestOf(deploy?.health_check),
      'readiness check': digestOf(deploy?.readiness_check),
      'restart policy': digestOf(deploy?.restart),
      'start-up delay': digestOf(deploy?.startup),
      shutdown: digestOf(deploy?.shutdown),
      'update stagger': digestOf(deploy?.update),
      constraints: digestOf(deploy?.constraints),
      'function limits': digestOf(deploy?.function),
      telemetry: digestOf(deploy?.telemetry),
    },
  };
}
