import type { Scenario as RobotScenario } from '../rerobots/scenarios.ts';
import type { InstanceStates } from '../world/instance-states.ts';
import type { InternalApiScope } from '../world/internal-api-scope.ts';
import type { LifePace } from '../world/life.ts';
import type { Migrations } from '../world/migration.ts';
import type { OthersMode } from '../world/others.ts';
import type { FunctionLimits, ServiceName } from '../world/types.ts';
import type { World } from '../world/world.ts';

export type ContainerPlan = {
  identifier: string;
  name: string;
  instances: number;
  service?: ServiceName;
  strategy?: string;
  publicMode?: 'enable' | 'egress-only' | 'environment-limited' | 'disable';
  ports?: string[];
  functionLimits?: FunctionLimits;
  checks?: boolean;
  stateful?: boolean;
  /** The dashboard's own container, whose token the caller holds. */
  self?: boolean;
  ramMegabytes?: number;
  /** Average processor use of one instance, in cores. */
  cores?: number;
  /** Names of environment variables that hold a secret. */
  secrets?: string[];
  domains?: { fqdn: string; deploymentTag?: string }[];
};

export type VirtualMachinePlan = {
  identifier: string;
  name: string;
  image: string;
  cpuCores: number;
  ramGigabytes: number;
  diskGigabytes: number;
  publicIp: boolean;
  domain?: string;
};

export type ScenarioPlan = {
  name: string;
  environment: { identifier: string; name: string };
  locations: { code: string; vendor: string; name: string }[];
  servers: number;
  containers: ContainerPlan[];
  virtualMachines: VirtualMachinePlan[];
  networks: { identifier: string; name: string }[];
  disabledServices: ServiceName[];
  /** Null: nothing happens to an instance by itself. */
  life: LifePace | null;
  others: OthersMode;
  /** Whether another environment's instances run on the same servers. */
  neighbours: boolean;
  /** What the caller's container may ask the internal API for; everything if absent. */
  scope?: InternalApiScope[];
  /** How the robots begin; as in the scenario `healthy` if absent. */
  robots?: RobotScenario;
  /** Puts the built world into the scenario's particular state. */
  shape?: (parts: { world: World; states: InstanceStates; migrations: Migrations }) => void;
};
