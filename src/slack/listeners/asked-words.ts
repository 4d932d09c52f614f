import { checkProxyEndpoint } from '../../registrars/proxy-endpoint.js';
import type { Request } from '../../requests/request.js';
import { bold, type Markup, mrkdwn } from '../../markup/markup.js';

/** What is said in the form's place once the request is stored. */
export function askedWords(
  request: Request,
  { tooFew }: { readonly tooFew: boolean },
): readonly Markup[] {
  const { approval, id } = request;
  const first =
    approval === null
      ? mrkdwn`${bold(id)} is being carried out. You get a message as soon as Onezone has confirmed it.`
      : mrkdwn`${bold(id)} was sent to ${approval.by.join(' or ')}: it needs ${approval.count === 1 ? 'one agreement' : `${approval.count} agreements`}. You get a message when it is decided. \`/handle requests\` shows where it stands; there you can also withdraw it.`;
  const warning =
    request.change === 'register' ? checkProxyEndpoint(request.ask.proxyEndpoint).warning : null;
  const few = mrkdwn`:warning: As things stand there are not enough people who may agree to it: whoever asks or gets access never counts. The operators are told.`;
  return [
    first,
    ...(tooFew ? [few] : []),
    ...(warning === null ? [] : [mrkdwn`:warning: ${warning}`]),
  ];
}
