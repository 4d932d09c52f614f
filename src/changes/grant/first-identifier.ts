import { bold, code, lines, link, type Markup, mrkdwn } from '../../markup/markup.js';
import { type Part, preformatted, section } from '../../markup/parts.js';
import type { Facts } from '../facts.js';
import { serviceWords } from '../words.js';
import type { GrantRequest } from './ask.js';

/** How somebody who was just let in publishes a first identifier, in the browser and by REST. */
export function firstIdentifier(request: GrantRequest, facts: Facts): readonly Part[] {
  return [
    section(lines([bold('How to publish your first identifier'), ...inTheBrowser(request, facts)])),
    section(byRest(facts)),
    preformatted(body(request)),
  ];
}

/** The same in a sentence, for those who only hear the message. */
export function firstIdentifierWords(request: GrantRequest, facts: Facts): Markup {
  const tab = mrkdwn`“Publish as Open Data” (from Onezone 25 on: “Expose as Public Data”)`;
  return mrkdwn`To publish a first identifier: share a file or directory in ${zoneLink(facts)}, open the share, choose ${tab} and then ${serviceWords(request)}. You need ${code(SHARES)} in the space it is in. By REST: ${postTo(facts)}.`;
}

function zoneLink(facts: Facts): Markup {
  const { name, url } = facts.zone;
  return link(url, name === null || name.trim() === '' ? 'Onezone' : name);
}

function inTheBrowser(request: GrantRequest, facts: Facts): readonly Markup[] {
  const right = mrkdwn`You need ${code(SHARES)} in the space it is in.`;
  return [
    mrkdwn`1. Open ${zoneLink(facts)}, go to Data and share a file or directory. ${right}`,
    mrkdwn`2. Open the share and its tab ${bold('Publish as Open Data')} (from Onezone 25 on: ${bold('Expose as Public Data')}).`,
    mrkdwn`3. Choose ${serviceWords(request)}, fill in the metadata (Dublin Core) and publish.`,
  ];
}

function byRest(facts: Facts): Markup {
  const not = mrkdwn`It must be ${code('/user/handles')}: ${code('/handles')} refuses ordinary members.`;
  return mrkdwn`Or by REST with your own token: ${postTo(facts)}. ${not} From Onezone 25 on ${code('metadataPrefix')} is called ${code('metadataSchema')}.`;
}

function body({ service }: GrantRequest): string {
  return JSON.stringify(
    {
      handleServiceId: service?.id ?? '',
      resourceType: 'Share',
      resourceId: 'ID OF YOUR SHARE',
      metadataPrefix: 'oai_dc',
      metadata:
        '<?xml version="1.0" encoding="utf-8"?><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>TITLE</dc:title></metadata>',
    },
    null,
    2,
  );
}

const SHARES = 'space_manage_shares';

const postTo = (facts: Facts): Markup =>
  code(`POST ${originOf(facts.zone.url)}/api/v3/onezone/user/handles`);

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);
