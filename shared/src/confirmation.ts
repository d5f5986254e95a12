import { z } from 'zod';

import { passkeyAssertion, sealedChallenge } from './passkeys.ts';

/** How long signing in, or confirming that it is you, counts for what asks for it. */
export const CONFIRMED_FOR_MS = 5 * 60_000;

/** What this session may be confirmed with. */
export const confirmationWays = z.object({
  password: z.boolean(),
  passkey: z.boolean(),
  /** By signing in at the provider again: not in place, the page is left for it. */
  provider: z.boolean(),
  /** Why there is no way; null where there is one. */
  refusal: z.string().nullable(),
});
export type ConfirmationWays = z.infer<typeof confirmationWays>;

export const confirmationRequest = z.discriminatedUnion('with', [
  z.strictObject({ with: z.literal('password'), password: z.string().min(1).max(1000) }),
  z.strictObject({ with: z.literal('passkey'), challenge: sealedChallenge, answer: passkeyAssertion }),
]);
export type ConfirmationRequest = z.output<typeof confirmationRequest>;
