import type { AlertDeliveryState, AlertMessage, AlertMessageKind } from '../alert-deliveries.ts';

const MOST_NAMED = 3;

/** "api-1, api-2, api-3 and 12 more" */
export function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  if (more > 0) return `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** "Instance failed: api-1 and api-2", "Over: Instance failed: api-1". */
export function messageText(kind: AlertMessageKind, rule: string, names: readonly string[]): string {
  return `${kind === 'firing' ? '' : 'Over: '}${rule}: ${namesText(names)}`;
}

/** The id of the alert a message is about; null where it is about several. */
export function onlyAlertOf(data: Pick<AlertMessage['data'], 'total' | 'alerts'> | undefined): string | null {
  return data?.total === 1 ? (data.alerts[0]?.id ?? null) : null;
}

/** Null where it can be sent again. */
export function retryRefusal({ state }: { state: AlertDeliveryState }): string | null {
  return state === 'delivered' ? 'It was delivered already.' : null;
}
