import { UpstreamError } from '../../lib/errors.ts';

/** True where the container's scope or permissions leave this out: the upstream answers, but not this. */
export function isForbidden(fault: unknown): boolean {
  return fault instanceof UpstreamError && fault.detail.upstreamCode === '403.permissions';
}

/** The sentence for what a scoped internal API leaves out. */
export function needsScope(noun: string, scope: string): string {
  return `No access to ${noun}: the dashboard’s container needs the scope ${scope} in config.runtime.internal_api.scope.`;
}
