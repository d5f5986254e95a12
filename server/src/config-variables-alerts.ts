import { webhookSecrets, webhookUrl } from './config-values.ts';

/** Of what is told of alerts. */
export const alertVariables = {
  ALERT_WEBHOOK_URL: {
    schema: webhookUrl.optional(),
    doc: 'Where alerts that fire and are over are sent, as Standard Webhooks; https, or http on this machine. Needs ALERT_WEBHOOK_SECRET.',
    fallback: 'alerts are only shown',
    secret: true,
  },
  ALERT_WEBHOOK_SECRET: {
    schema: webhookSecrets.default([]),
    doc: 'What these messages are signed with: `whsec_` and 24 to 64 bytes in Base64. Several, separated by spaces, all sign, so that a receiver can change over.',
    fallback: 'needed with ALERT_WEBHOOK_URL',
    secret: true,
  },
} as const;
