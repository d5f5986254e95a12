import type { Freshness } from '@cyclorama/shared/common.ts';

import { UpstreamError } from '../../../lib/errors.ts';
import { isForbidden, needsScope } from '../../../upstream/cycle/scope.ts';
import type { Resource } from './snapshot.ts';

/** Notifications arrive over a socket; all else is read. */
export type PartName = Resource | 'notifications';
type Gap = NonNullable<Freshness['parts']>[number];

/**
 * Nouns for sentences, and the scope of `config.runtime.internal_api.scope` that each part needs. The official client's
 * types list the scopes only (2026-07-02); which path needs which is inferred from the names.
 */
const PARTS: Record<PartName, { noun: string; scope: string }> = {
  environment: { noun: 'the environment', scope: 'environment' },
  hub: { noun: 'the hub', scope: 'environment' },
  server: { noun: 'this server', scope: 'server' },
  containers: { noun: 'containers', scope: 'environment' },
  instances: { noun: 'instances', scope: 'environment' },
  services: { noun: 'services', scope: 'environment' },
  virtualMachines: { noun: 'virtual machines', scope: 'environment' },
  networks: { noun: 'networks', scope: 'networks' },
  ips: { noun: 'IP addresses', scope: 'environment' },
  domains: { noun: 'domains', scope: 'self' },
  notifications: { noun: 'notifications', scope: 'notifications' },
};

export function forbiddenPart(name: PartName): Gap {
  const { noun, scope } = PARTS[name];
  return { name, needsScope: scope, reason: needsScope(noun, scope) };
}

export function gapOf(name: PartName, fault: unknown): Gap {
  if (isForbidden(fault)) return forbiddenPart(name);
  const why = fault instanceof UpstreamError ? fault.message : 'The dashboard had an internal error.';
  return { name, reason: `Not up to date: ${PARTS[name].noun}. ${why}` };
}
