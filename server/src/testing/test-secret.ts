/** Seals and signs in tests. */
export const TEST_SECRET = 's'.repeat(32);
