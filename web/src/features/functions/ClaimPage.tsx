/** One claim, from its request to its end. */
export function ClaimPage() {
  return <h1>Claim</h1>;
}
