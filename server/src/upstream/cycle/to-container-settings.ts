import { createHmac, randomBytes } from 'node:crypto';

import type { output } from 'zod';

import type { ContainerSettings } from './types.ts';
import type { container } from './wire.ts';

type Config = NonNullable<output<typeof container>['config']>;

const digestKey = randomBytes(32);

function digestOf(value: unknown): string | null {
  return isNothing(value)
    ? null
    : createHmac('sha256', digestKey).update(JSON.stringify(value)).digest('hex');
}

function asText(value: string | number | readonly string[] | null | undefined): string | null {
  if (value === null || value === undefined || isNothing(value)) return null;
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** What is not set Cycle leaves out, or sends as null or as something empty. */
const isNothing = (value: unknown): boolean =>
  value == null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** Without the number of instances, whose change is a scaling. */
export function toContainerSettings({ network, deploy, runtime, resources }: Config): ContainerSettings {
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
