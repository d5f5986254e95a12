import { UpstreamError } from '../../lib/errors.ts';

/** The container's scope or permissions exclude this; the upstream itself is up. */
export function isForbidden(fault: unknown): boolean {
  return fault instanceof UpstreamError && fault.detail.upstreamCode === '403.permissions';
}

export function needsScope(noun: string, scope: string): string {
  return `No access to ${noun}: the dashboard’s container needs the scope ${scope} in config.runtime.internal_api.scope.`;
}
