/** What `config.runtime.internal_api.scope` of a container may hold (official client's types of 2026-07-02). */
export const INTERNAL_API_SCOPES = ['self', 'environment', 'networks', 'server', 'notifications'] as const;
export type InternalApiScope = (typeof INTERNAL_API_SCOPES)[number];
