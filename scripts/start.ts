// `npm start`: the dashboard over the configured upstreams, or over simulated ones.
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { accountOf, roles } from './lib/accounts.ts';
import { buildWeb } from './lib/build.ts';
import { answers, freePort, startNode, startSimulator, stop, waitFor } from './lib/processes.ts';

const NOTICE = 'Simulated upstreams: nothing here is real, nothing can break.';
/** Begins the demo without a past. */
const NO_PAST = '--no-past';

/** Each is a process; a world of many servers is shown with some of them not measured. */
const MOST_COLLECTORS = 8;

const started: ChildProcess[] = [];
const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-demo-'));
let stopping: Promise<never> | undefined;

function stopAll(code: number): Promise<never> {
  stopping ??= (async () => {
    for (const child of started.toReversed()) await stop(child);
    rmSync(scratch, { recursive: true, force: true });
    process.exit(code);
  })();
  return stopping;
}

function watch(child: ChildProcess, label: string): void {
  started.push(child);
  child.on('exit', (code) => {
    if (stopping) return;
    console.error(`The ${label} ended (code ${code}); stopping the rest.`);
    void stopAll(1);
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stopping) console.log('\nStopping …');
    void stopAll(0);
  });
}

/**
 * The simulator's environment: the addresses the BFF needs and the demo's accounts. Its past is recorded in `dataDir`,
 * which is the demo's own and new: where a store is configured, nothing made up is written to it.
 */
async function simulatedUpstreams(dataDir: string): Promise<Record<string, string>> {
  const given = process.argv.slice(2);
  const args = given.filter((arg) => arg !== NO_PAST);
  const hasPast = args.length === given.length && !process.env['DATABASE_URL'] && !given.includes('manual');
  const file = path.join(scratch, 'upstreams.env');
  const { child, env } = await startSimulator(hasPast ? [...args, '--past'] : args, file);
  watch(child, 'simulator');
  if (!hasPast) return { ...env, NOTICE };
  // Read here, since a start over real upstreams has no use for it.
  const { recordDemoPast } = await import('./demo-past/record.ts');
  const owners = [accountOf(env, 'admin').username, accountOf(env, 'operator').username];
  await recordDemoPast(dataDir, env, owners);
  return { ...env, NOTICE: `${NOTICE} What is from before the start is made up too.` };
}

type ServerAt = { serverId: string; hostname: string; socketPath: string; token: string; instanceId: string };

/** One on each simulated server but the dashboard's own, which it reads itself. */
function startCollectors(servers: readonly ServerAt[], to: string, secret: string): void {
  for (const { serverId, hostname, socketPath, token, instanceId } of servers.slice(0, MOST_COLLECTORS)) {
    const env = {
      CYCLORAMA_ROLE: 'collector',
      COLLECT_TO: to,
      COLLECT_SECRET: secret,
      CYCLE_API_SOCKET: socketPath,
      CYCLE_API_TOKEN: token,
      CYCLE_INSTANCE_ID: instanceId,
      DATA_DIR: path.join(scratch, `collector-${serverId}`),
      NODE_COMPILE_CACHE: path.join(scratch, 'compile-cache'),
    };
    watch(startNode('server/src/main.ts', [], env, `collector on ${hostname}`), `collector on ${hostname}`);
  }
}

async function main(): Promise<void> {
  const isDemo = !process.env['CYCLE_API_TOKEN'];
  const dataDir = isDemo ? path.join(scratch, 'data') : (process.env['DATA_DIR'] ?? '.data');
  mkdirSync(dataDir, { recursive: true });
  const [upstreams]: [Record<string, string>, unknown] = await Promise.all([
    isDemo ? simulatedUpstreams(dataDir) : {},
    buildWeb(),
  ]);
  const wanted = Number(process.env['PORT'] ?? 8080);
  const port = isDemo ? await freePort(wanted) : wanted;
  const collectSecret = randomBytes(32).toString('hex');
  const env = {
    ...upstreams,
    DATA_DIR: dataDir,
    PORT: String(port),
    ...(isDemo ? { COLLECT_SECRET: collectSecret } : {}),
  };
  const isQuiet = isDemo && !process.env['LOG_LEVEL'];
  const server = startNode('server/src/main.ts', [], isQuiet ? { LOG_LEVEL: 'warn', ...env } : env, 'server');
  watch(server, 'server');
  if (!isQuiet) server.stdout?.pipe(process.stdout);
  await waitFor('the server', () => answers(`http://127.0.0.1:${port}/readyz`), server);

  if (isDemo) {
    const servers = JSON.parse(upstreams['SIM_SERVERS'] ?? '[]') as ServerAt[];
    startCollectors(servers, `http://127.0.0.1:${port}`, collectSecret);
  }
  if (port !== wanted) console.log(`Port ${wanted} is taken; using ${port}.`);
  console.log(`\nCyclorama is at http://localhost:${port}\n`);
  if (isDemo) printAccounts(upstreams);
  console.log('Ctrl-C stops it.');
}

function printAccounts(env: Record<string, string>): void {
  console.log('The upstreams are simulated. Sign in as one of:');
  for (const role of roles) {
    const { username, password } = accountOf(env, role);
    console.log(`  ${username.padEnd(10)} ${password.padEnd(18)} ${role}`);
  }
  console.log(`\nMake things happen by hand: ${env['SIM_CONTROL_URL']} (docs/simulator.md)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  void stopAll(1);
});
