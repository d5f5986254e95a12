import { vi } from 'vitest';

const { waitFor } = vi;

/** Of its own it gives up after one second, which a busy machine needs for less than a test asks. */
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: 15_000, ...options });
