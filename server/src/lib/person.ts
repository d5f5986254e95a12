import type { Person } from '@cyclorama/shared/rules/roles.ts';

export type { Person };

/** The role is read from the configuration at each request, so that a change applies at once. */
export type SignedIn = Person & { id: string; csrfToken: string; expiresAt: number };
