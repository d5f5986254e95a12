import { UpstreamError } from '../../lib/errors.ts';

/** The container's scope or permissions exclude this; the upstream itself is up. */
export function isForbidden(fault: unknown): fault is UpstreamError {
  return fault instanceof UpstreamError && fault.detail.upstreamCode === '403.permissions';
}

export function needsScope(noun: string, scope: string): string {
  return `No access to ${noun}: the dashboard’s container needs the scope ${scope} in config.runtime.internal_api.scope.`;
}

/** @throws UpstreamError that names the scope where the container has it not. */
export async function unlessForbidden<T>(noun: string, scope: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const { upstream, fault, detail } = error;
    throw new UpstreamError(upstream, fault, needsScope(noun, scope), { ...detail, upstreamMessage: '' });
  }
}
