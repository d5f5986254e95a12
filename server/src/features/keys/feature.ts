import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { createKeysService } from './service.ts';

export function keysFeature(context: FeatureContext & { secretInDatabase: boolean }): Feature {
  return { services: [createKeysService(context)] };
}
