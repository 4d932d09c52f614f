import type { Person } from '../slack/server.js';

/** Onedata's documentation registers a handle service with these values; the account is the sandbox's own. */
export const example = {
  name: 'MyCommunity Handle service',
  proxyEndpoint: 'localhost:17000/handle_proxy',
  account: 'datacite-test',
  'DOI.host': 'https://mds.test.datacite.org',
  'DOI.prefix': '10.5072',
  'DOI.identifierTemplate': '{{space.name}}-{{space.guid}}',
} as const;

/** Writes the example into the form that is open, as far as the form has its fields. */
export function fillExample(person: Person): void {
  const known = new Set(person.modal?.blocks.map((it) => it.block_id));
  person.fills(Object.fromEntries(Object.entries(example).filter(([block]) => known.has(block))));
}
