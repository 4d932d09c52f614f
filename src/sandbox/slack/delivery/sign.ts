import { createHmac } from 'node:crypto';

/** Slack's signature of a request: `v0=` and the HMAC-SHA256 of version, timestamp and raw body. */
export function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/**
 * Seconds of the real clock, whatever the sandbox's own says: the bot compares them with its own, which
 * nobody can set.
 */
export function signingTime(skew = 0): string {
  return String(Math.floor(Date.now() / 1000) + skew);
}
