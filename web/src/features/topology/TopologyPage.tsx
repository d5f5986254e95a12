/** The environment as a picture and as a table: what runs where, and what is wrong. */
export function TopologyPage() {
  return <h1>Topology</h1>;
}
