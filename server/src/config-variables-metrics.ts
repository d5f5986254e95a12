import { z } from 'zod';

/** Of what is told to Prometheus. */
export const metricsVariables = {
  METRICS_TOKEN: {
    schema: z.string().min(32, 'expected at least 32 characters').optional(),
    doc: 'Bearer token with which Prometheus reads `/metrics`; at least 32 characters.',
    fallback: '`/metrics` is off',
    secret: true,
  },
  METRICS_INSTANCES: {
    schema: z.enum(['on', 'off'], { error: 'expected on or off' }).default('off'),
    doc: 'Whether `/metrics` also has what every measured instance uses: sixteen series each.',
    fallback: '`off`',
  },
} as const;
