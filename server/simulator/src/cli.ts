import { rm } from 'node:fs/promises';

import { readCliOptions, USAGE } from './cli-options.ts';
import type { CliOptions } from './cli-options.ts';
import { manualClock } from './clock.ts';
import { writeEnvFile } from './env-file.ts';
import type { Simulator } from './index.ts';
import { startSimulator } from './index.ts';

/** Exit status for a command line that can't be read. */
const BAD_USAGE = 2;

function readOptions(): CliOptions {
  try {
    return readCliOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`simulator: ${error instanceof Error ? error.message : String(error)}`);
    return process.exit(BAD_USAGE);
  }
}

function printEndpoints({ env }: Simulator, options: CliOptions): void {
  console.log(
    `simulator: scenario ${options.scenario}, rerobots profile ${options.profile}, seed ${options.seed}`,
  );
  const lines: Record<string, string | undefined> = {
    'cycle internal': env.CYCLE_API_SOCKET,
    scheduler: env.SCHEDULER_URL && `${env.SCHEDULER_URL} (${env.SCHEDULER_ADDRESSES})`,
    rerobots: env.REROBOTS_API_URL,
    platform: env.CYCLE_PLATFORM_URL,
    control: env.SIM_CONTROL_URL,
  };
  for (const [name, value] of Object.entries(lines)) if (value) console.log(`${name.padEnd(16)}${value}`);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) return console.log(USAGE);
  const simulator = await startSimulator({
    scenario: options.scenario,
    seed: options.seed,
    profile: options.profile,
    ssh: options.ssh,
    past: options.past,
    ...(options.clock === 'manual' ? { clock: manualClock(Date.now()) } : { speed: options.speed }),
    ...(options.socketPath === undefined ? {} : { socketPath: options.socketPath }),
    ...(options.portBase === undefined ? {} : { portBase: options.portBase }),
    ...(options.launchDelayMs === undefined ? {} : { launchDelayMs: options.launchDelayMs }),
  });
  const stop = async () => {
    await simulator.close();
    if (options.envFile !== undefined) await rm(options.envFile, { force: true });
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  if (options.envFile !== undefined) await writeEnvFile(options.envFile, simulator.env);
  printEndpoints(simulator, options);
}

try {
  await main();
} catch (error) {
  console.error(`simulator: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
