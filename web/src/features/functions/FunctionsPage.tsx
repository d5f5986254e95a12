/** Function pools and the ledger of claims. */
export function FunctionsPage() {
  return <h1>Functions</h1>;
}
