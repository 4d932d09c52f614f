import type { Person } from '../slack/server.js';

/** Values from Onedata's documentation, except the sandbox's own account. */
export const EXAMPLE_SERVICE = {
  name: 'MyCommunity Handle service',
  proxyEndpoint: 'localhost:17000/handle_proxy',
  account: 'datacite-test',
  'DOI.host': 'https://mds.test.datacite.org',
  'DOI.prefix': '10.5072',
  'DOI.identifierTemplate': '{{space.name}}-{{space.guid}}',
} as const;

/** Skips fields that the open form does not have. */
export function fillExample(person: Person): void {
  const known = new Set(person.modal?.blocks.map((block) => block.block_id));
  person.fills(
    Object.fromEntries(Object.entries(EXAMPLE_SERVICE).filter(([block]) => known.has(block))),
  );
}
