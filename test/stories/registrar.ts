/** The example of Onedata's own documentation, as it is typed into the form. */
export const DATACITE_EXAMPLE = {
  name: 'MyCommunity Handle service',
  proxyEndpoint: 'localhost:17000/handle_proxy',
  account: 'datacite-test',
  'DOI.host': 'https://mds.test.datacite.org',
  'DOI.prefix': '10.5072',
  'DOI.doiEndpoint': '/doi',
  'DOI.metadataEndpoint': '/metadata',
  'DOI.mediaEndpoint': '/media',
  'DOI.identifierTemplate': '{{space.name}}-{{space.guid}}',
} as const;

export const EPIC_EXAMPLE = {
  name: 'ePIC of MyCommunity',
  proxyEndpoint: 'https://hps.example.org/api/v1',
  account: 'datacite-test',
  'PID.endpoint': 'https://hdl.grnet.gr:8001/api/handles',
  'PID.prefix': '21.T15999',
  'PID.autoSuffixGeneration': ['yes'],
} as const;
