/** What the instances use, over time. */
export function TelemetryPage() {
  return <h1>Telemetry</h1>;
}
