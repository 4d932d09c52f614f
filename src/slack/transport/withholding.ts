import type { WebClientOptions } from '@slack/web-api';
import type { Withhold } from '../../withhold.js';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/**
 * What every client of ours, Bolt's own included, sends with: the last place that a call's arguments pass on their way to Slack. The SDK
 * writes them as a form whose structured values are JSON; the token travels in a header.
 */
export const withholdingFetch =
  (withhold: Withhold): Fetch =>
  (url, init) => {
    const body: unknown = init?.body;
    if (typeof body !== 'string') return fetch(url, init);
    return fetch(url, { ...init, body: withoutSecrets(body, withhold) });
  };

function withoutSecrets(form: string, withhold: Withhold): string {
  const given = [...new URLSearchParams(form)];
  const kept = given.map(([name, value]): [string, string] => [name, valueOf(value, withhold)]);
  const isSame = kept.every(([, value], index) => value === given[index]?.[1]);
  return isSame ? form : new URLSearchParams(kept).toString();
}

function valueOf(value: string, withhold: Withhold): string {
  const structured = /^[[{]/.test(value) ? readJson(value) : undefined;
  if (structured === undefined) return withhold(value);
  const kept = withhold(structured);
  return kept === structured ? value : JSON.stringify(kept);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
