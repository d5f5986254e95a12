import type { Requester } from '../http.ts';
import * as wire from './infrastructure-wire.ts';
import * as convert from './infrastructure.ts';
import type { createCycleReads } from './reads.ts';
import { unlessForbidden } from './scope.ts';

type Parts = Pick<ReturnType<typeof createCycleReads>, 'readOne' | 'readList'> & { http: Requester };

/** The host stops answering while it carries this out. */
const POWER_TIMEOUT_MS = 20_000;
/** Cycle answers once the image is there. */
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** What the environment runs on, in more detail than the snapshot holds. */
export function createInfrastructureCalls({ readOne, readList, http }: Parts) {
  return {
    /** `GET /v1/server`: only the server this process runs on. */
    serverDetail: (): Promise<convert.CycleServerDetail> =>
      unlessForbidden('this server', 'server', () =>
        readOne('/v1/server', wire.serverDetail, convert.toServerDetail),
      ),

    /** `GET /v1/server/images`: ids and times of use; the API tells neither names nor sizes. */
    serverImages: (): Promise<convert.CycleImage[]> =>
      unlessForbidden('this server’s images', 'server', () =>
        readList('/v1/server/images', wire.image, convert.toImage, { nullIsEmpty: true, key: null }),
      ),

    /** `POST /v1/server/images/download`. */
    async downloadImage(imageId: string): Promise<void> {
      await unlessForbidden('this server’s images', 'server', () =>
        http.write('POST', '/v1/server/images/download', {
          json: { image_id: imageId },
          timeoutMs: DOWNLOAD_TIMEOUT_MS,
        }),
      );
    },

    /** `POST /v1/server/power/…`: needs `config.runtime.host.power_management` of the dashboard's container. */
    async power(action: 'reboot' | 'poweroff'): Promise<void> {
      await http.write('POST', `/v1/server/power/${action}`, { timeoutMs: POWER_TIMEOUT_MS });
    },

    /** `GET /v1/sdn/networks`. */
    networkDetails: (): Promise<convert.CycleNetworkDetail[]> =>
      unlessForbidden('networks', 'networks', () =>
        readList('/v1/sdn/networks', wire.sdnNetworkDetail, convert.toNetworkDetail, { nullIsEmpty: true }),
      ),

    /** `GET /v1/virtual-machine?virtual-machine-id=`. Root passwords are dropped. */
    virtualMachine: (id: string): Promise<convert.CycleVirtualMachineDetail> =>
      unlessForbidden('virtual machines', 'environment', () =>
        readOne('/v1/virtual-machine', wire.virtualMachineDetail, convert.toVirtualMachineDetail, {
          query: { 'virtual-machine-id': id },
        }),
      ),

    /** `GET /v1/environment`: the settings of its services. */
    serviceSettings: (): Promise<convert.CycleServiceSettings[]> =>
      unlessForbidden('services', 'environment', () =>
        readOne('/v1/environment', wire.environmentServices, convert.toServiceSettings),
      ),

    /** `GET /v1/containers/certificates?container-id=`. Private keys are dropped. */
    certificates: (containerId: string): Promise<convert.CycleCertificate[]> =>
      unlessForbidden('certificates', 'self', () =>
        readList('/v1/containers/certificates', wire.certificate, convert.toCertificate, {
          query: { 'container-id': containerId },
          nullIsEmpty: true,
        }),
      ),
  };
}
