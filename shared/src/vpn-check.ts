import { z } from 'zod';

export const vpnCheckRequest = z.strictObject({
  username: z.string().min(1, 'expected a name').max(200, 'expected at most 200 characters'),
  password: z.string().min(1, 'expected a password').max(1000, 'expected at most 1000 characters'),
});
export type VpnCheckRequest = z.infer<typeof vpnCheckRequest>;

/** False for a wrong name and a wrong password alike: Cycle does not say which. */
export const vpnCheckResponse = z.object({ valid: z.boolean() });
export type VpnCheckResponse = z.infer<typeof vpnCheckResponse>;
