import { IDEMPOTENCY_KEY_DAYS } from '@cyclorama/shared/idempotency.ts';

import type { FeatureOffering } from '../../http/feature.ts';
import { dropRequestKeysBefore } from '../../store/request-keys.ts';
import { DAY_MS } from '../../store/retention/kept.ts';
import type { BaseContext } from '../context.ts';
import { createRequestKeysService } from './service.ts';
import type { RequestKeys } from './service.ts';

/** Which requests were carried out, so that none is twice. */
export function requestKeysFeature(context: BaseContext): FeatureOffering<RequestKeys> {
  return {
    sweeps: [
      {
        what: 'request keys',
        run: (now) => dropRequestKeysBefore(context.db, now - IDEMPOTENCY_KEY_DAYS * DAY_MS),
      },
    ],
    offers: createRequestKeysService(context),
  };
}
