import type { Person } from '@cyclorama/shared/rules/roles.ts';

/** Who is asking: set by the session check before any handler runs. */
export type { Person };

/** A live session; the role comes from the configuration at each request, so that a change of it counts at once. */
export type SignedIn = Person & { id: string; csrfToken: string; expiresAt: number };
