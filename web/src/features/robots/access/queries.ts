import { holders } from '@cyclorama/shared/hand-overs.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { firewallResponse, vpnClient, vpnResponse } from '@cyclorama/shared/robot-access.ts';
import type { FirewallRequest, FirewallResponse } from '@cyclorama/shared/robot-access.ts';
import { booking } from '@cyclorama/shared/robots.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';

const PREPARING_EVERY_MS = 3000;
/** rerobots can take 20 s, and the call may wait in the governor's queue before. */
const VPN_TIMEOUT_MS = 60_000;

export const firewallQuery = (bookingId: string) =>
  queryOptions({
    queryKey: keys.bookingFirewall(bookingId),
    queryFn: ({ signal }) => api.get(paths.bookingFirewall(bookingId), firewallResponse, { signal }),
  });

/** Without a source: one's own address. The list becomes what rerobots returned. */
export function useAddRule(bookingId: string) {
  const take = useTakeFirewall(bookingId);
  return useChange({
    change: (rule: FirewallRequest) => api.post(paths.bookingFirewall(bookingId), rule, firewallResponse),
    onSuccess: take,
  });
}

export function useClearRules(bookingId: string) {
  const take = useTakeFirewall(bookingId);
  return useChange({
    change: () => api.delete(paths.bookingFirewall(bookingId), firewallResponse),
    onSuccess: take,
  });
}

function useTakeFirewall(bookingId: string) {
  const client = useQueryClient();
  return (read: FirewallResponse) => client.setQueryData(firewallQuery(bookingId).queryKey, read);
}

export const vpnQuery = (bookingId: string) =>
  queryOptions({
    queryKey: keys.bookingVpn(bookingId),
    queryFn: ({ signal }) => api.get(paths.bookingVpn(bookingId), vpnResponse, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'preparing' ? PREPARING_EVERY_MS : false),
  });

/** The profile is a secret: returned once, kept in no cache. */
export function useMakeVpnClient(bookingId: string) {
  const client = useQueryClient();
  return useChange({
    change: (_: void, key) =>
      api.post(paths.bookingVpn(bookingId), {}, vpnClient, { key, timeoutMs: VPN_TIMEOUT_MS }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.bookingVpn(bookingId) }),
    gcTime: 0,
  });
}

export function useHandOver(bookingId: string) {
  const client = useQueryClient();
  return useChange({
    change: (to: string) => api.post(paths.bookingHandOver(bookingId), { to }, booking),
    onSettled: () => client.invalidateQueries({ queryKey: keys.bookings }),
  });
}

export const holdersQuery = (bookingId: string) =>
  queryOptions({
    queryKey: [...keys.bookings, 'holders', bookingId],
    queryFn: ({ signal }) => api.get(paths.bookingHolders(bookingId), holders, { signal }),
  });
