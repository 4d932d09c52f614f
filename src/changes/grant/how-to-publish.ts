import { actionIds } from '../../markup/actions.js';
import { bold, code, lines, link, type Markup, mrkdwn } from '../../markup/markup.js';
import { button, type Button, type Part, preformatted, section } from '../../markup/parts.js';
import type { Request } from '../../requests/request.js';
import type { Facts } from '../facts.js';
import { serviceWords } from '../words.js';

type Service = Request['service'];

/** How somebody who was let in publishes a first identifier, in the browser and by REST. */
export function howToPublish(service: Service, facts: Facts): readonly Part[] {
  return [
    section(lines([bold('How to publish your first identifier'), ...inTheBrowser(service, facts)])),
    section(byRest(facts)),
    preformatted(body(service)),
  ];
}

export const howToPublishButton = ({ id, service }: Pick<Request, 'id' | 'service'>): Button =>
  button({
    text: 'How to publish',
    says: `How to publish an identifier with ${service?.name ?? ''}`,
    action: actionIds.howToPublish,
    value: id,
  });

export const openOnezone = ({ zone: { url, name } }: Facts): Button =>
  button({
    text: 'Open Onezone',
    says: `Open ${name ?? 'Onezone'} in the browser`,
    action: actionIds.openOnezone,
    url,
  });

function zoneLink(facts: Facts): Markup {
  const { name, url } = facts.zone;
  return link(url, name === null || name.trim() === '' ? 'Onezone' : name);
}

function inTheBrowser(service: Service, facts: Facts): readonly Markup[] {
  const right = mrkdwn`You need ${code(SHARES)} in the space it is in.`;
  return [
    mrkdwn`1. Open ${zoneLink(facts)}, go to Data and share a file or directory. ${right}`,
    mrkdwn`2. Open the share and its tab ${bold('Publish as Open Data')} (from Onezone 25 on: ${bold('Expose as Public Data')}).`,
    mrkdwn`3. Choose ${serviceWords({ service })}, fill in the metadata (Dublin Core) and publish.`,
  ];
}

function byRest(facts: Facts): Markup {
  const not = mrkdwn`It must be ${code('/user/handles')}: ${code('/handles')} refuses ordinary members.`;
  return mrkdwn`Or by REST with your own token: ${postTo(facts)}. ${not} From Onezone 25 on ${code('metadataPrefix')} is called ${code('metadataSchema')}.`;
}

function body(service: Service): string {
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
