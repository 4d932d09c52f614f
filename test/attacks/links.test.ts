import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import { disown } from '../../src/operations/disown.js';
import {
  answerAfter,
  approvalOf,
  approves,
  asks,
  changes,
  isRefused,
  statusOf,
} from '../stories/acting.js';
import { formAfter, onTop, opens, sends, submits, told } from '../stories/acts.js';
import { CHANNELS, type Desk, HOUR, openDesk, PEOPLE, POLICY } from '../stories/desk.js';
import { members, reads, USE } from '../stories/reading.js';
import { screen, wordsOf } from '../stories/screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

const OWN =
  'Nobody says of themselves which Onezone user they are: access that you agree to could land on it.';
const shows = (): string => screen(onTop(desk, 'cora')).join('\n');
const linkOf = async (slack: string): Promise<string | undefined> =>
  (await desk.bot.services.store.links.ofSlack(slack))?.onezone;

/** Fills in the form by hand: no suggestion stands in the way. */
const links = async (who: 'cora' | 'cem' | 'ada', slack: string, onezone: string) => {
  await opens(desk, who, '/handle link');
  await desk.as(who).searches('onezone_pick', onezone);
  return sends(desk, who, { slack, onezone });
};

/** A second Slack account of somebody, with an address that Onezone does not know. */
const second = (name: string): string =>
  desk.slack.addUser({ id: `U0${name.toUpperCase()}`, name, email: `${name}@elsewhere.org` }).id;

describe('Nobody agrees alone to access that lands on their own Onezone user', () => {
  it('a curator unlinks or links herself: refused, in the command and in the form, and pointed at the proof', async () => {
    for (const line of ['link', 'unlink']) {
      const said = await told(desk, 'cora', `/handle ${line} @cora`);
      expect(said).toBe(
        `⛔ ${OWN}\nNext: Prove it with \`/handle link me\`, or ask someone else who may link.`,
      );
    }
    await links('cora', PEOPLE.cora, desk.onezoneIds.tom);
    expect(onTop(desk, 'cora').errors).toEqual({
      slack: `${OWN} Prove it with “/handle link me”, or ask someone else who may link.`,
    });
    expect(await linkOf(PEOPLE.cora)).toBeUndefined();
  });

  it('a curator links a second account to her own Onezone user, which then asks: she is not the one who agrees', async () => {
    const twin = second('corina');
    await desk.passes(HOUR);
    await links('cora', twin, desk.onezoneIds.cora);
    await desk.works();
    // Her address names that Onezone user, so one person alone does not link it to somebody else.
    expect(await linkOf(twin)).toBeUndefined();
    expect(desk.texts(CHANNELS.desk).at(-1)).toContain(
      'An e-mail address of this Onezone user is that of <@U0CORA> in Slack.',
    );
  });

  it('a curator links somebody to a Onezone user of her choice and agrees to what that person asks: another has to', async () => {
    const { userId } = desk.zone.addUser({ username: 'spare', fullName: 'Spare Account' });
    await desk.passes(HOUR);
    await changes(desk, 'cora', '/handle link @lena spare');
    const id = await asks(desk, 'lena');
    expect(await isRefused(desk, 'cora', id)).toBe(
      '⛔ You said which Onezone user <@U0LENA> is, so you cannot be the one who agrees here.\n' +
        'Next: Another approver has to decide. It no longer counts once <@U0LENA> has proved it with `/handle link me`.',
    );
    expect(members(desk)).toEqual({});
    await approves(desk, 'cem', id);
    expect(members(desk)).toEqual({ [userId]: USE });
  });

  it('a curator takes a link away, so that the address counts again, and agrees: another has to', async () => {
    await changes(desk, 'cem', '/handle link @lena lena@example.org');
    await changes(desk, 'cora', '/handle unlink @lena');
    const id = await asks(desk, 'lena');
    expect(await isRefused(desk, 'cora', id)).toContain('You said which Onezone user <@U0LENA> is');
    expect(await isRefused(desk, 'cem', id)).toContain('You said which Onezone user <@U0LENA> is');
    await approves(desk, 'ada', id);
    expect(await statusOf(desk, id)).toBe('done');
  });

  it('a link moves from the approver to the account that asks: what was once hers is still her voice', async () => {
    const { userId } = desk.zone.addUser({ username: 'spare', fullName: 'Spare Account' });
    const twin = second('corina');
    await desk.passes(HOUR);
    await changes(desk, 'ada', '/handle link @cora spare');
    await changes(desk, 'ada', '/handle unlink @cora');
    await links('cem', twin, userId);
    await desk.works();
    expect(await linkOf(twin)).toBe(userId);
    const asked = await asks(desk, 'tom', { others: [twin] });
    expect(await isRefused(desk, 'cora', asked)).toContain('Your Onezone user is the same');
  });

  it('an approver confirms by approving what an address proposed: that is no choice of theirs, now and later', async () => {
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    expect(await linkOf(PEOPLE.lena)).toBe(desk.onezoneIds.lena);
    const later = await asks(desk, 'lena', { level: 'maintain' });
    await approves(desk, 'cora', later);
    expect(await statusOf(desk, later)).toBe('done');
  });

  it('one approver links another and both agree where two have to: they are not two', async () => {
    const { handleServiceId } = desk.zone.addHandleService({ name: 'ePIC prod' });
    desk.zone.addUser({ username: 'spare', fullName: 'Spare Account' });
    await desk.passes(HOUR);
    await changes(desk, 'cora', '/handle link @cem spare');
    const id = await asks(desk, 'lena', { service: 'ePIC prod' });
    await approves(desk, 'cora', id);
    expect(await isRefused(desk, 'cem', id)).toContain('so you do not count as two.');
    expect(members(desk, handleServiceId)).toEqual({});
  });
});

describe('A link that gives power takes two people', () => {
  it('a curator links a person to an administrator of the zone: it waits for a second person, though the policy asks for none', async () => {
    const { userId } = desk.zone.addUser({
      username: 'root',
      fullName: 'Zone Root',
      privileges: ['oz_users_list'],
    });
    await desk.passes(HOUR);
    const id = await changes(desk, 'cora', '/handle link @lena root');
    expect(await linkOf(PEOPLE.lena)).toBeUndefined();
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toContain(
      'This Onezone user has administrator privileges in the zone.',
    );
    expect(await isRefused(desk, 'cora', id)).toContain('You asked for this yourself');
    await approves(desk, 'cem', id);
    expect(await linkOf(PEOPLE.lena)).toBe(userId);
  });

  it('a curator links a person to the desk’s own user: it waits for a second person', async () => {
    await changes(desk, 'cora', '/handle link @lena desk');
    expect(desk.texts(CHANNELS.desk).at(-1)).toContain(
      'The desk itself works as this Onezone user.',
    );
    expect(await linkOf(PEOPLE.lena)).toBeUndefined();
  });

  it('a Onezone user becomes administrator between the asking and the linking: nobody agreed, so it fails', async () => {
    const spare = desk.zone.addUser({ username: 'spare', fullName: 'Spare Account' });
    await desk.passes(HOUR);
    const off = desk.zone.on(() => {
      const last = desk.zone.log.at(-1);
      if (last?.path.endsWith('/effective_privileges') !== true) return;
      off();
      desk.zone.state.users[spare.userId]?.privileges.push('oz_users_list');
    });
    const id = await changes(desk, 'cora', '/handle link @lena spare');
    expect(await statusOf(desk, id)).toBe('failed');
    expect(await linkOf(PEOPLE.lena)).toBeUndefined();
  });

  it('a policy that wants agreement to links is heeded: one person alone links nobody', async () => {
    await desk.policy(
      POLICY.replace(
        'link: { may: [admin, curator] }',
        'link: { may: [admin, curator], approve: { by: [admin], count: 1 } }',
      ),
    );
    const id = await changes(desk, 'cora', '/handle link @lena lena@example.org');
    expect(await linkOf(PEOPLE.lena)).toBeUndefined();
    await approves(desk, 'ada', id);
    expect(await linkOf(PEOPLE.lena)).toBe(desk.onezoneIds.lena);
  });

  it.each([
    ['a bot', { is_bot: true }, '<@U0NORA> is a bot, and bots are nobody in Onezone.'],
    ['a deactivated person', { deleted: true }, 'The Slack account of <@U0NORA> is deactivated.'],
    [
      'a stranger',
      { team_id: 'T0OTHER' },
      '<@U0NORA> belongs to another workspace; this desk serves only its own.',
    ],
  ])('%s is linked: refused in words of its own', async (_, said, words) => {
    desk.slack.addUser({ id: 'U0NORA', name: 'nora', ...said });
    await links('cora', 'U0NORA', desk.onezoneIds.tom);
    expect(shows()).toContain(words);
    expect(await linkOf('U0NORA')).toBeUndefined();
  });
});

describe('Whoever is linked hears of it, and can say that it is not them', () => {
  const message = () => {
    const found = desk.slack.directMessages(PEOPLE.lena).at(-1);
    if (found === undefined) throw new Error('Lena was told nothing.');
    return found;
  };

  it('a wrong link is taken back with one click by the person alone, whoever else presses, and only once', async () => {
    await changes(desk, 'cora', '/handle link @lena tom@example.org').catch(() => undefined);
    const waiting = desk.texts(CHANNELS.desk).at(-1) ?? '';
    expect(waiting).toContain(
      'An e-mail address of this Onezone user is that of <@U0TOM> in Slack.',
    );
    const spare = desk.zone.addUser({ username: 'spare', fullName: 'Spare Account' });
    await desk.passes(HOUR);
    await changes(desk, 'cora', '/handle link @lena spare');
    expect(reads(desk, wordsOf(message()))).toContain(
      `<@U0CORA> has linked you to the Onezone user *Spare Account* (\`spare\`, Onezone \`${spare.userId}\`).`,
    );

    const by = async (slack: string): Promise<string> => {
      const before = desk.slack.ephemerals(slack).length;
      await desk.slack.as(slack).clicks(message(), 'link_not_me');
      const said = await answerAfter(desk, slack, before);
      await desk.works();
      return said;
    };
    // Nobody else sees the button; a forged click says the same.
    const forged = { by: PEOPLE.tom, slack: PEOPLE.lena, onezone: spare.userId };
    await expect(disown(desk.bot.services, forged)).rejects.toEqual(refusals.notYourLink());
    expect(await linkOf(PEOPLE.lena)).toBe(spare.userId);
    expect(await by(PEOPLE.lena)).toContain('You are no longer linked to the Onezone user');
    expect(await linkOf(PEOPLE.lena)).toBeUndefined();
    expect((await desk.audit()).findLast((line) => line.what === 'unlinked')).toMatchObject({
      who: PEOPLE.lena,
      people: [PEOPLE.lena],
      detail: { onezone: spare.userId, how: 'disowned' },
    });
    expect(desk.texts(CHANNELS.ops).at(-1)).toContain(
      '<@U0LENA> says that the Onezone user Spare Account (spare) is not them. <@U0CORA> had said so',
    );
    const told = desk.texts(CHANNELS.ops).length;
    expect(await by(PEOPLE.lena)).toContain('any more. Nothing was changed.');
    expect(desk.texts(CHANNELS.ops)).toHaveLength(told);
  });
});

describe('An identity token proves who somebody is, and is kept nowhere', () => {
  const tokenOf = (
    name: 'lena' | 'tom',
    {
      seconds = 600,
      type = 'identityToken',
      caveats = [],
    }: {
      seconds?: number | null;
      type?: string;
      caveats?: readonly { type: string; whitelist?: string[] }[];
    } = {},
  ): string => {
    const validUntil = Math.floor(desk.now().getTime() / 1000) + (seconds ?? 0);
    const time = seconds === null ? [] : [{ type: 'time', validUntil }];
    return desk.zone.mintToken({
      userId: desk.onezoneIds[name],
      type: { [type]: {} },
      caveats: [...time, ...caveats],
    });
  };
  const proves = async (who: 'lena' | 'tom', token: string): Promise<string> => {
    await formAfter(desk, who, () =>
      desk.as(who).types('/handle link me', { channel: CHANNELS.team }),
    );
    const said = screen(await sends(desk, who, { token })).join('\n');
    await desk.works();
    await desk.as(who).closes({ all: true });
    expect(desk.log()).not.toContain(token);
    expect(JSON.stringify(await desk.audit())).not.toContain(token);
    return reads(desk, said);
  };

  it('somebody proves their own user: linked, and no longer by the word of who had linked them', async () => {
    const { userId } = desk.zone.addUser({ username: 'spare', fullName: 'Spare Account' });
    await desk.passes(HOUR);
    await changes(desk, 'cora', '/handle link @lena spare');
    expect(await proves('lena', tokenOf('lena'))).toContain(
      'You are now linked to the Onezone user *lena of Onezone* (`lena`, Onezone `‹lena›`).',
    );
    expect(await desk.bot.services.store.links.history(PEOPLE.lena)).toMatchObject([
      { onezone: userId, by: PEOPLE.cora, endedBy: PEOPLE.lena },
      { onezone: desk.onezoneIds.lena, by: PEOPLE.lena, how: 'by proof', until: null },
    ]);
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE });
  });

  it('a token confined to the desk as its consumer is good here', async () => {
    const caveats = [{ type: 'consumer', whitelist: [`usr-${desk.account.id}`] }];
    expect(await proves('lena', tokenOf('lena', { caveats }))).toContain('You are now linked');
  });

  it.each([
    [
      'an access token',
      { type: 'accessToken' },
      'Revoke it in Onezone (Tokens), and make an identity token instead.',
    ],
    ['a token without end', { seconds: null }, 'This token never ends'],
    ['a token of two hours', { seconds: 7200 }, 'This token is valid for more than an hour'],
    ['an expired token', { seconds: -5 }, 'This token has expired.'],
    [
      'a token for another consumer',
      { caveats: [{ type: 'consumer', whitelist: ['usr-other'] }] },
      'This token is confined to something else than this desk.',
    ],
  ])('%s is refused in words, and nobody is linked', async (_, said, words) => {
    expect(await proves('lena', tokenOf('lena', said))).toContain(words);
    expect(await linkOf(PEOPLE.lena)).toBeUndefined();
  });

  it('Onezone is too slow for Slack: said in words within its time, and the token is nowhere', async () => {
    desk.zone.faults.add({ kind: 'hang', path: /verify_identity_token/ });
    const said = await proves('lena', tokenOf('lena'));
    expect(said).toContain('Onezone does not answer at the moment, so nothing could be checked.');
    expect(await linkOf(PEOPLE.lena)).toBeUndefined();
  });

  it('somebody reads the database after the form was sent and before it was worked off: no token is in it', async () => {
    // A file can be read as whoever steals it reads it.
    const stolen = mkdtempSync(join(tmpdir(), 'stolen-'));
    const kept = await openDesk({ databaseUrl: `sqlite:${join(stolen, 'desk.db')}` });
    try {
      const validUntil = Math.floor(kept.now().getTime() / 1000) + 600;
      const token = kept.zone.mintToken({
        userId: kept.onezoneIds.lena,
        type: { identityToken: {} },
        caveats: [{ type: 'time', validUntil }],
      });
      await opens(kept, 'lena', '/handle link me');
      await kept.bot.worker.stop(0);
      await submits(kept, 'lena', { token });
      const stored = readdirSync(stolen).map((file) => readFileSync(join(stolen, file)));
      const jobs = Buffer.concat(stored).toString('latin1');
      expect(jobs).toContain('"kind":"prove"'.replaceAll('"', '\\"'));
      expect(jobs).not.toContain(token.slice(4, 60));
      const views = JSON.stringify(Object.values(kept.slack.state.views));
      expect(views.match(/"private_metadata":"[^"]*MDA/)).toBeNull();
    } finally {
      await kept.stop();
    }
  });

  it('the token of a blocked user, of somebody else’s user, of the desk’s own, or no token at all: each refused', async () => {
    await proves('tom', tokenOf('tom'));
    expect(await proves('lena', tokenOf('tom'))).toContain('is already linked to <@U0TOM>');
    const validUntil = Math.floor(desk.now().getTime() / 1000) + 600;
    const own = desk.zone.mintToken({
      userId: desk.account.id,
      type: { identityToken: {} },
      caveats: [{ type: 'time', validUntil }],
    });
    expect(await proves('lena', own)).toContain('the Onezone user as which the desk itself works');
    expect(await proves('lena', 'x'.repeat(40))).toContain('Onezone does not know this token.');
    const blocked = desk.zone.state.users[desk.onezoneIds.lena];
    if (blocked !== undefined) blocked.blocked = true;
    expect(await proves('lena', tokenOf('lena'))).toContain(
      'is blocked by the zone’s administrator',
    );
    expect(await linkOf(PEOPLE.lena)).toBeUndefined();
  });
});

describe('An address that nobody has confirmed names nobody, and hides nobody', () => {
  it('somebody types another’s address into their profile: it matches no Onezone user, yet counts as a voice', async () => {
    desk.slack.changeUser(PEOPLE.cora, { email: 'tom@example.org', is_email_confirmed: false });
    await desk.passes(HOUR);
    expect(await told(desk, 'cora', '/handle whoami')).toContain(
      'has not confirmed the e-mail address in Slack, so it says nothing.',
    );
    const id = await asks(desk, 'tom');
    expect(await isRefused(desk, 'cora', id)).toContain('Your Onezone user is the same');
  });
});
