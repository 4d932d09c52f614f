import { commit } from '../../commit.js';
import { giveUp } from '../../requests/by-jobs.js';
import type { Services } from '../../services.js';
import type { RegisterRequest } from './ask.js';

/** What Onezone showed that is not what it should be, for the log too: names and ids, no values. */
export type SeenOtherwise =
  | { readonly kind: 'existed before'; readonly id: string }
  | { readonly kind: 'not shown'; readonly id: string; readonly error: unknown }
  | { readonly kind: 'differs'; readonly id: string; readonly fields: readonly string[] };

/** Onezone says that it registered the service, and what it shows does not bear that out: nobody can say what is there now. */
export async function endUnclear(
  services: Services,
  request: RegisterRequest,
  seen: SeenOtherwise,
): Promise<void> {
  const supportId = services.newSupportId();
  const { id } = request;
  services.log.error({ request: id, supportId, ...seen }, 'the registration is unclear');
  const words = { why: whyUnclear(request.ask.name, seen), next: NEXT, supportId };
  const step = giveUp(request, { status: 'unclear', ...words }, services.now());
  if (step !== null) await commit(services, step);
}

const NEXT =
  'Have an administrator of the zone look for a service of that name before you ask again.';

function whyUnclear(name: string, seen: SeenOtherwise): string {
  const said = `Onezone says that it registered “${name}”`;
  switch (seen.kind) {
    case 'existed before':
      return `${said}, but with the id of a handle service that was there before (\`${seen.id}\`).`;
    case 'not shown':
      return `${said} with the id \`${seen.id}\`, but shows the desk no handle service of that id.`;
    case 'differs':
      return `${said} with the id \`${seen.id}\`, but what it shows there is not what was asked: ${wordsOf(seen.fields)} differ${seen.fields.length === 1 ? 's' : ''}.`;
  }
}

/** All are words of our own form, registrars or client. */
const wordsOf = (fields: readonly string[]): string =>
  fields.map((field) => `\`${field}\``).join(', ');
