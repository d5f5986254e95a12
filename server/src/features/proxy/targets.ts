import type { Config } from '../../config.ts';
import type { ProxyTarget } from '../../http/proxy/proxy-exchange.ts';
import { upstreamLabels } from '../../upstream/labels.ts';

const BEARER = 'Bearer ';

type Upstreams = Pick<Config, 'cycle' | 'scheduler' | 'rerobots' | 'platform'>;
/** Tokens are exchanged for the hub's API key. */
export type PlatformTokens = { accessToken: () => Promise<string>; refused: (accessToken: string) => void };

/**
 * Where the configured upstreams are and which header opens each: `X-CYCLE-TOKEN` (Cycle internal API docs),
 * `X-CYCLE-ACCESS-KEY` (Cycle scheduler API reference), a bearer token (rerobots API
 * docs; Cycle public API, with the hub's id in `X-Hub-Id`).
 * The token of rerobots can be replaced at any time: `rerobotsToken` gives the one of the moment.
 */
export function proxyTargets(
  { cycle, scheduler, rerobots, platform }: Upstreams,
  rerobotsToken: () => string | null,
  platformTokens: PlatformTokens,
): ProxyTarget[] {
  const targets: ProxyTarget[] = [];
  if (cycle.token !== null) {
    targets.push({
      name: 'cycle',
      label: upstreamLabels.cycle,
      target: {
        socketPath: cycle.socketPath,
        host: 'localhost',
        protocol: 'http:',
      },
      headers: { host: 'localhost', 'x-cycle-token': cycle.token },
    });
  }
  if (scheduler.accessKey !== null) {
    targets.push({
      name: 'scheduler',
      label: upstreamLabels.scheduler,
      target: atFirstAddress(scheduler),
      headers: { host: new URL(scheduler.url).host, 'x-cycle-access-key': scheduler.accessKey },
    });
  }
  targets.push({
    name: 'rerobots',
    label: upstreamLabels.rerobots,
    target: rerobots.url,
    headers: { host: new URL(rerobots.url).host },
    authorization: () => {
      const token = rerobotsToken();
      return token === null ? null : BEARER + token;
    },
  });
  if (platform.apiKey !== null && platform.hubId !== null) {
    const authorize = async (): Promise<string> => BEARER + (await platformTokens.accessToken());
    targets.push({
      name: 'platform',
      label: upstreamLabels.platform,
      target: platform.url,
      headers: { host: new URL(platform.url).host, 'x-hub-id': platform.hubId },
      authorization: authorize,
      renew: (refused) => {
        platformTokens.refused(refused.slice(BEARER.length));
        return authorize();
      },
    });
  }
  return targets;
}

function atFirstAddress({ url, addresses }: Config['scheduler']): string {
  const [address] = addresses;
  if (address === undefined) return url;
  const at = new URL(url);
  at.hostname = address.includes(':') ? `[${address}]` : address;
  return at.href;
}
