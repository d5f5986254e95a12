import { UpstreamError } from '../../lib/errors.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import type { PasswordWay } from './way.ts';

/** VPN accounts of the environment; `cycle` is null where no token is configured. */
export function vpnWay(cycle: Pick<CycleClient, 'vpnLogin'> | null): PasswordWay {
  return {
    way: 'vpn',
    urgency: 'usual',
    takes: () => true,
    async check(name, password) {
      if (cycle === null) {
        const message = 'VPN accounts can’t sign in: CYCLE_API_TOKEN is not set.';
        throw new UpstreamError('cycle', 'unconfigured', message);
      }
      // HTTP Basic splits at the first colon, so such a name would be read as another.
      if (name.includes(':')) return false;
      return cycle.vpnLogin(name, password);
    },
  };
}
