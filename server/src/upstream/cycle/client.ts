import type { Logger } from '../../lib/logger.ts';
import type { UpstreamHealth } from '../health.ts';
import type { ReadOptions } from '../http-call.ts';
import { createRequester } from '../http.ts';
import { createEnvironmentCalls } from './environment-calls.ts';
import { classifyCycleAnswer } from './errors.ts';
import { createInfrastructureCalls } from './infrastructure-calls.ts';
import { CYCLE_LABEL, createCycleReads } from './reads.ts';
import * as convert from './to-domain.ts';
import { toTelemetryRow } from './to-telemetry.ts';
import type * as domain from './types.ts';
import * as wire from './wire.ts';

/** The conductor answers at once; a person waits for it. */
const TASK_TIMEOUT_MS = 10_000;

export type CycleClient = ReturnType<typeof createCycleClient>;

type Options = {
  socketPath: string;
  /** `CYCLE_API_TOKEN`: identifies the instance this process runs in, and so the environment and the server. */
  token: string;
  health: UpstreamHealth;
  logger: Logger;
  random?: () => number;
  readTimeoutMs?: number;
};

/** Whether a null list counts as empty; the caller decides, knowing what was in it before. */
type MayBeNull = { nullIsEmpty: boolean };
type Limit = Pick<ReadOptions, 'timeoutMs'>;

/**
 * Cycle's internal API over its Unix socket (Cycle internal API docs). All functions throw UpstreamError. Lists are
 * complete (the API has no paging); unreadable rows are skipped and counted in the log, of rows with one id the first
 * counts. The spec promises arrays, older clients type some of them nullable: see MayBeNull.
 */
export function createCycleClient({
  socketPath,
  token,
  health,
  logger,
  random,
  readTimeoutMs = 15_000,
}: Options) {
  const http = createRequester({
    health,
    label: CYCLE_LABEL,
    origin: 'http://localhost',
    socketPath,
    headers: () => ({ 'x-cycle-token': token }),
    logger,
    readTimeoutMs,
    ...(random === undefined ? {} : { random }),
    classify: (answer) => classifyCycleAnswer(health.name, CYCLE_LABEL, answer),
  });

  const { invalid, readOne, readList, rows } = createCycleReads({ http, health, logger });

  const task = async (action: string, instanceId: string, containerId: string): Promise<void> => {
    const contents = { instance_id: instanceId, container_id: containerId };
    await http.write('POST', '/v1/conductor/tasks', {
      json: { action, contents },
      timeoutMs: TASK_TIMEOUT_MS,
    });
  };

  const fresh: ReadOptions = { key: null };

  return {
    ...createEnvironmentCalls({ http, readOne }),
    ...createInfrastructureCalls({ readOne, readList, http }),

    /** `GET /v1/environment`: the caller's own. Scheduler access keys are dropped. */
    environment: (limit: Limit = {}): Promise<domain.CycleEnvironment> =>
      readOne('/v1/environment', wire.environment, convert.toEnvironment, limit),

    /** `GET /v1/hub`. */
    hub: (): Promise<domain.CycleHub> => readOne('/v1/hub', wire.hub, convert.toHub),

    /** `GET /v1/container` without an id: the container this process runs in. */
    ownContainer: (): Promise<domain.CycleContainer> =>
      readOne('/v1/container', wire.container, (it) => convert.toContainer(it)),

    /** `GET /v1/server`: only the server this process runs on. */
    server: (): Promise<domain.CycleServer> => readOne('/v1/server', wire.server, convert.toServer),

    /** `GET /v1/environment/containers`. Variable values and volume passwords are dropped. */
    containers: (limit: Limit = {}): Promise<domain.CycleContainer[]> =>
      readList('/v1/environment/containers', wire.container, (row) => convert.toContainer(row), {
        ...fresh,
        ...limit,
      }),

    /** `GET /v1/environment/instances`. */
    instances: (limit: Limit = {}): Promise<domain.CycleInstance[]> =>
      readList('/v1/environment/instances', wire.instance, (row) => convert.toInstance(row), {
        ...fresh,
        ...limit,
      }),

    /** `GET /v1/container/instances?container-id=`: 404.container where the container is gone. */
    containerInstances: (containerId: string): Promise<domain.CycleInstance[]> =>
      readList('/v1/container/instances', wire.instance, (row) => convert.toInstance(row), {
        query: { 'container-id': containerId },
        key: null,
      }),

    /** `GET /v1/server/instances`: all instances on this server, also of other environments. */
    serverInstances: (): Promise<domain.CycleInstance[]> =>
      readList('/v1/server/instances', wire.instance, (row) => convert.toInstance(row)),

    /** `GET /v1/environment/ips`. */
    ips: ({ nullIsEmpty }: MayBeNull): Promise<domain.CycleIp[]> =>
      readList('/v1/environment/ips', wire.ip, convert.toIp, { ...fresh, nullIsEmpty }),

    /** `GET /v1/environment/services`: a map by service name; `instances` there may be null or absent. */
    async services(): Promise<domain.CycleService[]> {
      const path = '/v1/environment/services';
      const answer = wire.objectEnvelope.safeParse((await http.read(path, fresh)).json);
      if (!answer.success) throw invalid(path, answer.error);
      const services: domain.CycleService[] = [];
      for (const [name, value] of Object.entries(answer.data.data)) {
        const parsed = wire.service.safeParse(value);
        if (!parsed.success) continue;
        const instances = await rows(path, parsed.data.instances ?? [], wire.instance, (row) =>
          convert.toInstance(row, name),
        );
        services.push({
          service: name,
          container: convert.toContainer(parsed.data.container, name),
          instances,
        });
      }
      return services;
    },

    /** `GET /v1/environment/virtual-machines`. Root passwords are dropped. */
    virtualMachines: ({ nullIsEmpty }: MayBeNull): Promise<domain.CycleVirtualMachine[]> =>
      readList('/v1/environment/virtual-machines', wire.virtualMachine, convert.toVirtualMachine, {
        ...fresh,
        nullIsEmpty,
      }),

    /** `GET /v1/virtual-machine/gateways?virtual-machine-id=`. */
    virtualMachineGateways: (id: string): Promise<domain.CycleVirtualMachineGateway[]> =>
      readList('/v1/virtual-machine/gateways', wire.gateway, convert.toGateway, {
        query: { 'virtual-machine-id': id },
      }),

    /** `GET /v1/virtual-machine/domains?virtual-machine-id=`. */
    virtualMachineDomains: (id: string, { nullIsEmpty }: MayBeNull): Promise<domain.CycleDomain[]> =>
      readList(
        '/v1/virtual-machine/domains',
        wire.domain,
        (row) => convert.toDomain(row, { virtualMachineId: id }),
        { query: { 'virtual-machine-id': id }, nullIsEmpty },
      ),

    /** `GET /v1/containers/domains?container-id=`: there is no list for the whole environment. */
    containerDomains: (id: string, { nullIsEmpty }: MayBeNull): Promise<domain.CycleDomain[]> =>
      readList('/v1/containers/domains', wire.domain, (row) => convert.toDomain(row, { containerId: id }), {
        query: { 'container-id': id },
        nullIsEmpty,
      }),

    /** `GET /v1/sdn/networks`: the networks the environment is attached to. */
    networks: ({ nullIsEmpty }: MayBeNull): Promise<domain.CycleNetwork[]> =>
      readList('/v1/sdn/networks', wire.sdnNetwork, convert.toNetwork, { ...fresh, nullIsEmpty }),

    /** `GET /v1/sdn/networks/instances`: instances in any of these networks; the answer doesn't say which. */
    networkInstances: (): Promise<domain.CycleInstance[]> =>
      readList('/v1/sdn/networks/instances', wire.instance, (row) => convert.toInstance(row)),

    /** `GET /v1/sdn/networks/environments`: environments in any of these networks, also others'. */
    networkEnvironments: (): Promise<domain.CycleEnvironment[]> =>
      readList('/v1/sdn/networks/environments', wire.environment, convert.toEnvironment, {
        nullIsEmpty: true,
      }),

    /** `GET /v1/hub/integrations`: one object despite its path; needs at least one of the two. */
    integration: (query: { identifier?: string; vendor?: string }): Promise<domain.CycleIntegration> =>
      readOne('/v1/hub/integrations', wire.integration, convert.toIntegration, { query }),

    /** `GET /v1/server/instances/telemetry`: a row per instance on this server, also of other environments. */
    telemetry: (limit: Limit = {}): Promise<domain.CycleTelemetryRow[]> =>
      readList('/v1/server/instances/telemetry', wire.telemetry, toTelemetryRow, {
        ...fresh,
        ...limit,
      }),

    /** `POST /v1/conductor/tasks`: answers `{}` without a job id; only the instance's state shows the outcome. */
    startInstance: (instanceId: string, containerId: string): Promise<void> =>
      task('container.instance.start', instanceId, containerId),

    /** `POST /v1/conductor/tasks`, as above. */
    stopInstance: (instanceId: string, containerId: string): Promise<void> =>
      task('container.instance.stop', instanceId, containerId),

    /** `POST /v1/vpn/login` with Basic: true for a VPN account. A refusal is 403 `{data: false}`. */
    async vpnLogin(username: string, password: string): Promise<boolean> {
      const basic = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
      const answer = await http.write('POST', '/v1/vpn/login', {
        headers: { authorization: `Basic ${basic}` },
        okStatuses: [403],
      });
      const flag = wire.flagEnvelope.safeParse(answer.json);
      if (flag.success) return answer.status === 200 && flag.data.data;
      throw classifyCycleAnswer(health.name, CYCLE_LABEL, answer) ?? invalid('/v1/vpn/login', flag.error);
    },

    close: (): Promise<void> => http.close(),
  };
}
