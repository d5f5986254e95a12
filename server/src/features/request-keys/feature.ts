import type { FeatureOffering } from '../../http/feature.ts';
import type { BaseContext } from '../context.ts';
import { createRequestKeysService } from './service.ts';
import type { RequestKeys } from './service.ts';

/** Which requests were carried out, so that none is twice. */
export function requestKeysFeature(context: BaseContext): FeatureOffering<RequestKeys> {
  const requestKeys = createRequestKeysService(context);
  return { services: [requestKeys], offers: requestKeys };
}
