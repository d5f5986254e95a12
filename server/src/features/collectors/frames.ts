import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { reportedTelemetry } from '../../upstream/cycle/reported.ts';
import type { CycleTelemetryRow } from '../../upstream/cycle/types.ts';

const unzip = promisify(gunzip);
/** Of one frame: a few thousand instances on one server. */
const MAX_FRAME_BYTES = 64 * 1_048_576;

/** The rows of a frame, `{at, telemetry}` gzipped and in base64; null where it can't be read. */
export async function rowsOf(frame: string): Promise<CycleTelemetryRow[] | null> {
  try {
    const text = await unzip(Buffer.from(frame, 'base64'), { maxOutputLength: MAX_FRAME_BYTES });
    const { telemetry } = JSON.parse(text.toString('utf8')) as { telemetry?: unknown };
    return reportedTelemetry(telemetry);
  } catch {
    return null;
  }
}
