import type { Person } from '@cyclorama/shared/rules/roles.ts';

export type { Person };

/** The role comes from the configuration at each request, so that a change counts at once. */
export type SignedIn = Person & { id: string; csrfToken: string; expiresAt: number };
