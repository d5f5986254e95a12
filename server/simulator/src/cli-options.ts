import { parseArgs } from 'node:util';

import { SCENARIO_NAMES } from './scenarios/index.ts';

export type CliOptions = {
  scenario: string;
  profile: 'documented' | 'observed';
  seed: number;
  speed: number;
  clock: 'real' | 'manual';
  envFile: string | undefined;
  socketPath: string | undefined;
  portBase: number | undefined;
  launchDelayMs: number | undefined;
  ssh: boolean;
  past: boolean;
  help: boolean;
};

export const USAGE = `simulator: a Cycle environment and a rerobots account, over the wire

  npm run simulator -- [--scenario NAME] [--profile documented|observed] [--seed N] [--speed X]
                       [--clock real|manual] [--env-file FILE] [--socket PATH] [--port-base N] [--ssh]
                       [--launch-delay MS] [--past]

scenarios: ${SCENARIO_NAMES.join(', ')}`;

export function readCliOptions(args: string[]): CliOptions {
  const { values } = parseArgs({
    args,
    strict: true,
    options: {
      scenario: { type: 'string', default: 'healthy' },
      profile: { type: 'string', default: 'observed' },
      seed: { type: 'string', default: '1' },
      speed: { type: 'string', default: '1' },
      clock: { type: 'string', default: 'real' },
      'env-file': { type: 'string' },
      socket: { type: 'string' },
      'port-base': { type: 'string' },
      'launch-delay': { type: 'string' },
      ssh: { type: 'boolean', default: false },
      past: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = values['port-base'];
  const delay = values['launch-delay'];
  return {
    scenario: oneOf('--scenario', values.scenario, SCENARIO_NAMES),
    profile: oneOf('--profile', values.profile, ['documented', 'observed'] as const),
    seed: numberIn('--seed', values.seed, 0, 4_294_967_295, true),
    speed: numberIn('--speed', values.speed, 0.01, 1_000, false),
    clock: oneOf('--clock', values.clock, ['real', 'manual'] as const),
    envFile: values['env-file'],
    socketPath: values.socket,
    portBase: port === undefined ? undefined : numberIn('--port-base', port, 1, 65_532, true),
    launchDelayMs: delay === undefined ? undefined : numberIn('--launch-delay', delay, 0, 3_600_000, true),
    ssh: values.ssh,
    past: pastOf(values.past, values.clock),
    help: values.help,
  };
}

function pastOf(past: boolean, clock: string): boolean {
  if (past && clock === 'manual') throw new Error('--past: expected a real clock, not --clock manual');
  return past;
}

function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`${flag}: expected one of ${allowed.join(', ')}, got "${value}"`);
  return found;
}

function numberIn(flag: string, text: string, low: number, high: number, whole: boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high) || (whole && !Number.isInteger(value)))
    throw new Error(
      `${flag}: expected a ${whole ? 'whole ' : ''}number from ${low} to ${high}, got "${text}"`,
    );
  return value;
}
