export const APIS = ['cycle', 'scheduler', 'rerobots', 'platform'] as const;
export type Api = (typeof APIS)[number];

/** An answer that is not the upstream's own: it comes late, never, or says something else. */
const ANSWER_KINDS = [
  'delay',
  'refuse',
  'hang',
  'hold-body',
  'cut',
  'wrong-json',
  'throttle',
  'empty-403',
  'status',
  'revoke-token',
] as const;

/** The upstream's own answer with one thing wrong in it. */
export const REWRITE_KINDS = ['null-list', 'malformed-row', 'duplicate-row', 'deep'] as const;
export type RewriteKind = (typeof REWRITE_KINDS)[number];

/** What happens to the notification sockets while REST goes on working. */
const WEBSOCKET_KINDS = ['drop-websocket', 'silent-websocket', 'garbage-websocket'] as const;

export const FAULT_KINDS = [...ANSWER_KINDS, ...REWRITE_KINDS, ...WEBSOCKET_KINDS, 'down'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export type Fault = {
  api: Api;
  kind: FaultKind;
  /** Only requests of this method, under this path. */
  match?: { method?: string; pathPrefix?: string };
  count?: number;
  forMs?: number;
  ms?: number;
  /** For `status`: 503 if absent. */
  status?: number;
  /** For `wrong-json` and `status` the answer, for `malformed-row` the row, for `garbage-websocket` the frame. */
  body?: string;
};

/** Others concern sockets or whole listeners. */
export function answersRequests(kind: FaultKind): boolean {
  return kind !== 'delay' && kind !== 'down' && !isOneOf(WEBSOCKET_KINDS, kind);
}

/** Answers the handshake of a notification socket instead of letting it through. */
export function answersUpgrades(kind: FaultKind): boolean {
  return kind === 'drop-websocket' || (answersRequests(kind) && !isRewrite(kind));
}

export function isRewrite(kind: FaultKind): kind is RewriteKind {
  return isOneOf(REWRITE_KINDS, kind);
}

function isOneOf<T extends FaultKind>(kinds: readonly T[], kind: FaultKind): kind is T {
  return kinds.some((each) => each === kind);
}
