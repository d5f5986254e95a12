import type { Freshness } from '@cyclorama/shared/common.ts';
import type {
  CertificatesResponse,
  NetworkDetail,
  PowerAnswer,
  PowerRequest,
  ServerDetail,
  ServerImages,
  ServicesResponse,
  VirtualMachineDetail,
} from '@cyclorama/shared/infrastructure.ts';

import type { CarryOut } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { isoOf } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { CallOnce, RequestKey } from '../../../lib/idempotency.ts';
import { createKeptRead } from '../../../lib/kept-read.ts';
import type { CycleClient } from '../../../upstream/cycle/client.ts';
import { configured } from '../../../upstream/cycle/configured.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import { presentImages, presentNetwork } from './presenter.ts';

const KEEP_MS = 2_000;
/** A network may join environments with many instances. */
const NETWORKS_KEEP_MS = 10_000;

export type InfrastructureDeps = {
  client: CycleClient | null;
  snapshot: Snapshot;
  carryOut: CarryOut;
  callOnce: CallOnce;
  clock: Clock;
};

export type InfrastructureService = ReturnType<typeof createInfrastructure>;

/** What the environment runs on, read when a page asks: one call for all who ask at once. */
export function createInfrastructure({ client, snapshot, carryOut, callOnce, clock }: InfrastructureDeps) {
  const kept = <T>(read: () => Promise<T>, keepMs = KEEP_MS) => createKeptRead({ read, clock, keepMs });
  const server = kept(() => configured(client).serverDetail());
  const images = kept(() => configured(client).serverImages());
  const services = kept(() => configured(client).serviceSettings());
  const networks = kept(async () => {
    const cycle = configured(client);
    const [details, environments, instances] = await Promise.all([
      cycle.networkDetails(),
      cycle.networkEnvironments(),
      cycle.networkInstances(),
    ]);
    return { details, environments, instances };
  }, NETWORKS_KEEP_MS);
  const justRead = (): Freshness => ({
    state: 'live',
    asOf: isoOf(clock.now()),
    failingSince: null,
    reason: null,
  });

  return {
    async server(): Promise<ServerDetail> {
      const { value, freshness } = await server();
      return { freshness, ...value };
    },

    async images(): Promise<ServerImages> {
      const { value, freshness } = await images();
      return { freshness, images: presentImages(value, snapshot.containers.values()) };
    },

    /** Resolves when the server has the image. */
    async downloadImage(imageId: string, actor: string): Promise<ServerImages> {
      const subject = { kind: 'image', id: imageId, name: imageId };
      await carryOut({ actor, action: 'image.download', subject }, () =>
        configured(client).downloadImage(imageId),
      );
      const now = await configured(client).serverImages();
      return { freshness: justRead(), images: presentImages(now, snapshot.containers.values()) };
    },

    /** @throws AppError `conflict` where `hostname` is another than this server's: then nothing is sent. */
    async power(
      { action, hostname }: PowerRequest,
      actor: string,
      requestKey: RequestKey | null,
    ): Promise<PowerAnswer> {
      const own = await configured(client).serverDetail();
      if (own.hostname !== hostname) {
        throw new AppError('conflict', `The dashboard does not run on ${hostname}.`, {
          field: 'body.hostname',
          hint: 'Nothing was sent. Reload the page and type the name it shows.',
        });
      }
      const subject = { kind: 'server', id: own.id, name: own.nickname ?? own.hostname };
      return await callOnce(
        requestKey,
        async () => {
          await carryOut({ actor, action: `server.${action}`, subject }, () =>
            configured(client).power(action),
          );
          return { action, hostname };
        },
        JSON.stringify,
      );
    },

    async network(id: string): Promise<NetworkDetail> {
      const { value, freshness } = await networks();
      const detail = value.details.find((each) => each.id === id);
      if (detail === undefined) throw notFound('network');
      return { freshness, ...presentNetwork(detail, value) };
    },

    async virtualMachine(id: string): Promise<VirtualMachineDetail> {
      const cycle = configured(client);
      const [machine, found] = await Promise.all([
        cycle.virtualMachine(id),
        cycle.virtualMachineGateways(id),
      ]);
      const gateways = found.map(({ gatewayInstanceId, publicIps }) => ({
        instanceId: gatewayInstanceId,
        ips: publicIps,
      }));
      return { freshness: justRead(), ...machine, gateways };
    },

    async services(): Promise<ServicesResponse> {
      const { value, freshness } = await services();
      return { freshness, services: value };
    },

    async certificates(containerId: string): Promise<CertificatesResponse> {
      const certificates = await configured(client).certificates(containerId);
      return { freshness: justRead(), certificates };
    },
  };
}

function notFound(what: string): AppError {
  return new AppError('not-found', `There is no such ${what} in this environment.`, {
    hint: 'It may have been deleted. Go back to the list.',
  });
}
