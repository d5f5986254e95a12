export const APIS = ['cycle', 'scheduler', 'rerobots', 'platform'] as const;
export type Api = (typeof APIS)[number];

export const FAULT_KINDS = [
  'delay',
  'refuse',
  'cut',
  'wrong-json',
  'throttle',
  'empty-403',
  'status',
  'revoke-token',
  'drop-websocket',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export type Fault = {
  api: Api;
  kind: FaultKind;
  /** Only requests of this method, under this path. */
  match?: { method?: string; pathPrefix?: string };
  /** Ends after this many requests. */
  count?: number;
  /** Ends after this many real milliseconds. */
  forMs?: number;
  /** For `delay`: how long a request is held, in real milliseconds. */
  ms?: number;
  /** For `status`: 503 if absent. */
  status?: number;
  /** For `wrong-json`: the body to send; JSON that breaks off if absent. */
  body?: string;
};
