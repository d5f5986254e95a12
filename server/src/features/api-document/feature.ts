import { apiOperations } from '../../http/api-operations.ts';
import type { Feature } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { apiDocumentRoutes } from './routes.ts';

type Needs = {
  /** All features, this one too; complete once the server starts. */
  features: () => readonly Feature[];
  cookieName: string;
};

export function apiDocumentFeature(
  { version, config }: Pick<FeatureContext, 'version' | 'config'>,
  { features, cookieName }: Needs,
): Feature {
  const operations = () => apiOperations(features());
  const serverUrl = config.publicUrl ?? '/';
  return { routes: apiDocumentRoutes({ operations, version, cookieName, serverUrl }) };
}
