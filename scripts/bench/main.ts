// `npm run bench -- <name> [arguments]`: prints figures; not part of the tests.
const benches: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  charts: () => import('./charts.ts'),
  claims: () => import('./claims.ts'),
  footprint: () => import('./footprint.ts'),
  history: () => import('./history.ts'),
  live: () => import('./live.ts'),
  push: () => import('./push.ts'),
  telemetry: () => import('./telemetry.ts'),
  topology: () => import('./topology.ts'),
};

const [name, ...args] = process.argv.slice(2);
const load = name === undefined ? undefined : benches[name];
if (!load) {
  console.error(`usage: npm run bench -- <name> [arguments]\nnames: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
await (await load()).run(args);
