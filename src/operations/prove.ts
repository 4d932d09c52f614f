import { setTimeout as delay } from 'node:timers/promises';
import { Refusal, refusals } from '../errors.js';
import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { mustBeMember } from './authorize.js';
import { recordRefusal } from './record-refusal.js';

/** An hour: a token that lives longer can be used by whoever finds it. In seconds. */
const MAX_TTL = 3600;
/** Slack waits three seconds in all, and is asked itself who somebody is. */
const PATIENCE_MS = 1_800;

/**
 * Whose Onezone user an identity token proves somebody to be. The token is sent to Onezone and kept nowhere: neither it nor a
 * part of it is in what this throws, returns or records. Throws refusals.
 */
export async function prove(
  services: Services,
  { by, token }: { readonly by: SlackUser; readonly token: string },
): Promise<OnezoneId> {
  await mustBeMember(services, by, 'link me');
  return recordRefusal(services, { who: by, what: 'link me' }, () =>
    inTime(services, provenId(services, { by, text: token.trim() })),
  );
}

async function provenId(
  services: Services,
  { by, text }: { readonly by: SlackUser; readonly text: string },
): Promise<OnezoneId> {
  if (!/^[\x21-\x7e]{16,}$/.test(text)) throw notProof['not good']();
  const proven = await services.onezone.verifyIdentityToken(text);
  if (proven.kind === 'refused') throw notProof[proven.why]();
  const { id, ttl } = proven;
  if (ttl === null) throw notProof.endless();
  if (ttl > MAX_TTL) throw notProof['too long']();
  await mustBeTheirs(services, { slack: by, onezone: id });
  return id;
}

async function mustBeTheirs(
  services: Services,
  { slack, onezone }: { readonly slack: SlackUser; readonly onezone: OnezoneId },
): Promise<void> {
  const { me } = await services.onezone.connect();
  if (me.id === onezone) throw notProof.desk();
  const taken = await services.store.links.ofOnezone(onezone);
  if (taken !== null && taken.slack !== slack) throw refusals.linkTaken(`<@${taken.slack}>`);
}

/** Whatever goes wrong is said in words, and the log has the kind of error alone: an answer of Onezone may repeat what it was sent. */
async function inTime(services: Services, proving: Promise<OnezoneId>): Promise<OnezoneId> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      proving,
      delay(PATIENCE_MS, undefined, { signal: timer.signal }).then(() => {
        throw notProof.slow();
      }),
    ]);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    services.log.warn({ reason }, 'an identity token could not be verified');
    throw notProof.slow();
  } finally {
    timer.abort();
  }
}

const MAKE_ANOTHER = 'Make an identity token in Onezone that is valid for an hour at most.';
const refuse = (why: string, next: string) => (): Refusal => refusals.notProof(why, next);

const notProof = {
  'another kind': refuse(
    'This is no identity token. Whoever sees an access token or an invite token can use it, and now it was in Slack.',
    'Revoke it in Onezone (Tokens), and make an identity token instead.',
  ),
  expired: refuse('This token has expired.', MAKE_ANOTHER),
  revoked: refuse('This token was revoked.', MAKE_ANOTHER),
  blocked: refuse(
    'The Onezone user of this token is blocked by the zone’s administrator.',
    'A zone administrator can unblock it; then try again.',
  ),
  'not for here': refuse(
    'This token is confined to something else than this desk.',
    'Make an identity token that is confined by time alone.',
  ),
  'not good': refuse('Onezone does not know this token.', MAKE_ANOTHER),
  'not a user': refuse('This token does not belong to a user of Onezone.', MAKE_ANOTHER),
  endless: refuse(
    'This token never ends, so whoever finds it could pass for you.',
    `Delete it in Onezone (Tokens). ${MAKE_ANOTHER}`,
  ),
  'too long': refuse(
    'This token is valid for more than an hour, so whoever finds it could pass for you.',
    `Delete it in Onezone (Tokens). ${MAKE_ANOTHER}`,
  ),
  desk: refuse(
    'This token belongs to the Onezone user as which the desk itself works.',
    'Nobody is that user. Revoke the token, and make one as the user that you are.',
  ),
  slow: refuse(
    'Onezone does not answer at the moment, so nothing could be checked.',
    'Nothing was kept. Try again in a few minutes; the token is still good until its end.',
  ),
} as const;
