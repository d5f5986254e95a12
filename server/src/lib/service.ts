/** Something with timers or connections of its own, started in order and stopped in the reverse one. */
export type Service = { start?(): void | Promise<void>; stop(): Promise<void> };
