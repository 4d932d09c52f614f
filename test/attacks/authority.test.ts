import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decideOn } from '../../src/operations/decide-on.js';
import { ask } from '../../src/operations/ask.js';
import type { Services } from '../../src/services.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { opens, refusalsOnRecord, sends, submits, told } from '../stories/acts.js';
import {
  approvalOf,
  approves,
  asks,
  changes,
  isRefused,
  linked,
  statusOf,
  stored,
} from '../stories/acting.js';
import { CHANNELS, type Desk, HOUR, type Name, openDesk, PEOPLE, POLICY } from '../stories/desk.js';
import { life, mark, members, USE, writesSince } from '../stories/reading.js';
import { screen, wordsOf } from '../stories/screen.js';

const S0CURATORS = 'S0CURATORS';
/** Curators by a Slack user group, and one by id. */
const BY_GROUP = POLICY.replace(
  `users: [${PEOPLE.cora}, ${PEOPLE.cem}]`,
  `users: [${PEOPLE.cem}], usergroups: [${S0CURATORS}]`,
);
const WITHOUT_CEM = BY_GROUP.replace(`users: [${PEOPLE.cem}], `, '');
const MINUTE = 60_000;
const NOT_CURATOR = 'You cannot decide this: the policy wants agreement from curator or admin.';
const MAY_NOT_LINK = 'You may not link: the policy lets only admin or curator do that.';
const GUEST = 'Guests of this workspace can neither ask nor agree.';
const SILENT = 'Slack could not be asked who is in the user group S0CURATORS, so nothing was done.';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  desk.slack.addUsergroup({ id: S0CURATORS, handle: 'curators', users: [PEOPLE.cora] });
  await linked(desk, 'lena');
});
afterAll(() => desk.stop());

/** As the day begins: everybody is who they are, and nothing is remembered of Slack. */
beforeEach(async () => {
  // What was answered is not finished yet, and the time that passes would be too long for it.
  await desk.works();
  desk.slack.faults.clear();
  desk.zone.faults.clear();
  desk.slack.changeUsergroup(S0CURATORS, { users: [PEOPLE.cora] });
  desk.slack.changeUser(PEOPLE.ada, { is_restricted: false, deleted: false });
  desk.slack.changeUser(PEOPLE.cora, { deleted: false });
  for (const name of ['ada', 'cora', 'lena'] as const) {
    if (desk.as(name).modal !== null) await desk.as(name).closes({ all: true });
  }
  await desk.policy(BY_GROUP);
  await desk.passes(2 * HOUR);
});

/** The next reading of a service takes its time; meanwhile something happens. */
async function whileTheZoneIsRead(press: () => Promise<unknown>, happens: () => unknown) {
  const from = desk.zone.log.length;
  const path = '*/handle_services/*';
  desk.zone.faults.add({ kind: 'delay', method: 'GET', path, ms: 800, times: 1 });
  await press();
  const working = desk.works();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(desk.zone.log.length - from).toBeLessThan(2);
  await happens();
  await working;
}

/** Another policy comes into force just after Slack has said who somebody is: between the decision and its transaction. */
function reloadedOnceSlackAnswered(text: string): Services {
  const { services } = desk.bot;
  const { people } = services;
  let policy = services.policy.current();
  const reloads = async <T>(reading: Promise<T>, fresh = false): Promise<T> => {
    const read = await reading;
    if (fresh) policy = { ...parsePolicy(text).policy };
    return read;
  };
  let isFirst = true;
  const fresh = (options?: { readonly fresh?: boolean }): boolean => {
    const reloading = isFirst && options?.fresh === true;
    if (reloading) isFirst = false;
    return reloading;
  };
  return {
    ...services,
    policy: { ...services.policy, current: () => policy },
    people: {
      ...people,
      actor: (user, options) => reloads(people.actor(user, options), fresh(options)),
      actors: (users, options) => reloads(people.actors(users, options), fresh(options)),
    },
  };
}

async function lastRefusal(): Promise<string | undefined> {
  return (await refusalsOnRecord(desk)).at(-1);
}

const noticesOfGroup = (): readonly string[] =>
  desk.texts(CHANNELS.ops).filter((it) => it.includes(S0CURATORS));

const unreadable = (error: string): void => {
  desk.slack.faults.add({ kind: 'error', error, method: 'usergroups.users.list', times: 1e6 });
};

const linkOf = (name: Name) => desk.bot.services.store.links.ofSlack(PEOPLE[name]);

describe('Authority is read at the moment of effect: who somebody is and what the policy says are those of the moment at which it is written.', () => {
  it('A curator is put out of the user group while the form is open and sends it within the minute: it waits for others to agree.', async () => {
    await opens(desk, 'cora', '/handle request DataCite');
    desk.slack.changeUsergroup(S0CURATORS, { users: [] });
    await sends(desk, 'cora', { people: [PEOPLE.lena], reason: 'Before they notice' });
    await desk.works();
    const [request] = await desk.bot.services.store.requests.find({ requester: PEOPLE.cora });
    expect(request?.status).toBe('pending');
    expect(members(desk)).toEqual({});
  });

  it('An administrator is made a guest while the form is open and links somebody: refused, and nothing is linked.', async () => {
    await opens(desk, 'ada', '/handle link @tom tom@example.org');
    desk.slack.changeUser(PEOPLE.ada, { is_restricted: true });
    await sends(desk, 'ada');
    expect(screen(desk.as('ada').modal).join('\n')).toContain(GUEST);
    expect(await linkOf('tom')).toBeNull();
    expect(await lastRefusal()).toBe(`U0ADA ask link: guest: ${GUEST} (null)`);
  });

  it('A curator who is no longer in the group takes a link away within the minute: refused.', async () => {
    await told(desk, 'cora', '/handle whoami');
    desk.slack.changeUsergroup(S0CURATORS, { users: [] });
    await opens(desk, 'cora', '/handle unlink @lena');
    await sends(desk, 'cora');
    expect(screen(desk.as('cora').modal).join('\n')).toContain(MAY_NOT_LINK);
    expect(await linkOf('lena')).not.toBeNull();
  });

  it('Slack does not say who somebody is: a link waits, and is then refused in words; what was known an hour ago does not count.', async () => {
    await opens(desk, 'ada', '/handle unlink @lena');
    await desk.passes(6 * MINUTE);
    desk.slack.changeUser(PEOPLE.ada, { is_restricted: true });
    desk.slack.faults.add({ kind: 'status', status: 500, method: 'users.info', times: 1e6 });
    await submits(desk, 'ada');
    const why = 'Slack could not be asked who everybody concerned is, so nothing was done.';
    const isSaid = (): boolean =>
      screen(desk.as('ada').modal).join('\n').includes(`${why} Try again in a moment.`);
    for (let times = 0; times < 12 && !isSaid(); times += 1) await desk.passes(MINUTE);
    await desk.slack.until(isSaid, 'an answer');
    expect(await lastRefusal()).toBe(`U0ADA ask unlink: slackSilent: ${why} (null)`);
    expect(await linkOf('lena')).not.toBeNull();
  });

  it('The policy is reloaded without the approver while the zone is read after the click: the agreement does not count.', async () => {
    const id = await asks(desk, 'lena');
    const before = desk.slack.ephemerals(PEOPLE.cem).length;
    await whileTheZoneIsRead(
      () => desk.as('cem').clicks(approvalOf(desk, id), 'request_approve'),
      () => desk.policy(WITHOUT_CEM),
    );
    expect(desk.slack.ephemerals(PEOPLE.cem).slice(before).map(wordsOf)).toEqual([
      expect.stringContaining(NOT_CURATOR),
    ]);
    expect(await statusOf(desk, id)).toBe('pending');
    expect((await stored(desk, id)).decisions).toEqual([]);
    expect(members(desk)).toEqual({});
  });

  it('The approver is put out of the group while the zone is read after the click: the agreement does not count.', async () => {
    const id = await asks(desk, 'lena');
    await whileTheZoneIsRead(
      () => desk.as('cora').clicks(approvalOf(desk, id), 'request_approve'),
      () => desk.slack.changeUsergroup(S0CURATORS, { users: [] }),
    );
    expect((await stored(desk, id)).decisions).toEqual([]);
    expect(await life(desk, id)).toContain('U0CORA: refused');
  });

  it('The policy is reloaded between the decision and the end of its transaction: it is decided anew by the new one.', async () => {
    const id = await asks(desk, 'lena');
    const { effect } = await stored(desk, id);
    const deciding = { id, effect, by: PEOPLE.cem, comment: 'Quickly', verdict: 'deny' } as const;
    await expect(decideOn(reloadedOnceSlackAnswered(WITHOUT_CEM), deciding)).rejects.toMatchObject({
      code: 'notAnApprover',
      message: NOT_CURATOR,
    });
    expect(await statusOf(desk, id)).toBe('pending');
  });

  it('The same for what nobody else agrees to: it is not carried out, it waits for agreement.', async () => {
    const request = await ask(reloadedOnceSlackAnswered(WITHOUT_CEM), {
      change: 'grant',
      values: {
        service: desk.datacite,
        people: [PEOPLE.lena],
        level: 'use',
        until: { for: '90d' },
      },
      reason: 'In between',
      by: PEOPLE.cem,
      idempotencyKey: 'in-between',
    });
    expect(await statusOf(desk, request.id)).toBe('pending');
  });

  it('What was agreed to waits for Onezone, and meanwhile who agreed loses the role: it was good when it was given, and is carried out unless somebody revokes it.', async () => {
    const id = await asks(desk, 'lena');
    desk.zone.faults.add({ kind: 'status', status: 503, times: 1e6 });
    await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    await desk.works();
    expect(await statusOf(desk, id)).toBe('carrying out');
    desk.slack.changeUsergroup(S0CURATORS, { users: [] });
    desk.zone.faults.clear();
    await desk.passes(5 * MINUTE);
    expect(await statusOf(desk, id)).toBe('done');
    expect(members(desk)).toEqual({ lena: USE });
    await changes(desk, 'cem', '/handle revoke DataCite @lena', { reason: 'Over' });
    expect(members(desk)).toEqual({});

    desk.zone.faults.add({ kind: 'status', status: 503, times: 1e6 });
    const from = mark(desk);
    await asks(desk, 'cem', { people: ['lena'] });
    await changes(desk, 'cem', '/handle revoke DataCite @lena', { reason: 'Stop it' });
    desk.zone.faults.clear();
    await desk.passes(5 * MINUTE);
    expect(members(desk)).toEqual({});
    expect(writesSince(desk, from)).toEqual([]);
  });

  it('A transaction whose last question is answered with no leaves nothing behind.', async () => {
    const { store } = desk.bot.services;
    const before = (await desk.audit()).length;
    const link = {
      slack: PEOPLE.tom,
      onezone: 'x',
      by: PEOPLE.ada,
      how: 'by hand',
      at: desk.now(),
    } as const;
    const guard = (): void => {
      throw new Error('no');
    };
    await expect(store.commit({ links: [link], guard })).rejects.toThrow('no');
    expect(await linkOf('tom')).toBeNull();
    expect(await desk.audit()).toHaveLength(before);
  });

  it('The scope is missing: whoever is named by id works on, the group gives nothing, and operators are told once.', async () => {
    unreadable('missing_scope');
    const id = await asks(desk, 'lena');
    expect(await isRefused(desk, 'cora', id)).toContain(NOT_CURATOR);
    await approves(desk, 'cem', id);
    expect(members(desk)).toEqual({ lena: USE });
    await desk.passes(HOUR);
    await told(desk, 'tom', '/handle requests');
    await desk.works();
    const notice =
      '⚠️ The Slack user group S0CURATORS cannot be read (missing_scope): until it can, nobody has curator by it. ' +
      'Whoever the policy names by id still has. Next: give the Slack app the scope usergroups:read and install it again.';
    expect(noticesOfGroup()).toEqual([notice]);
    const onRecord = (await desk.audit()).filter(({ what }) => what.startsWith('group'));
    expect(onRecord.map(({ who, what, detail }) => ({ who, what, detail }))).toEqual([
      {
        who: 'bot',
        what: 'group unreadable',
        detail: { group: S0CURATORS, code: 'missing_scope', roles: ['curator'] },
      },
    ]);
  });

  it('It can be read again and then is gone: operators are told once more.', async () => {
    await told(desk, 'tom', '/handle requests');
    await desk.works();
    unreadable('no_such_subteam');
    await desk.passes(2 * MINUTE);
    await told(desk, 'tom', '/handle requests');
    await desk.passes(2 * MINUTE);
    await told(desk, 'tom', '/handle requests');
    await desk.works();
    expect(noticesOfGroup().slice(1)).toEqual([
      expect.stringContaining('cannot be read (no_such_subteam)'),
    ]);
  });

  it('It does not answer for a moment: whoever has the role by no other way is held in words, and nothing old is served.', async () => {
    const id = await asks(desk, 'lena');
    await told(desk, 'cora', '/handle whoami');
    desk.slack.changeUsergroup(S0CURATORS, { users: [] });
    const method = 'usergroups.users.list';
    desk.slack.faults.add({ kind: 'status', status: 503, method, times: 1e6 });
    const before = desk.slack.ephemerals(PEOPLE.cora).length;
    await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    for (let times = 0; times < 6; times += 1) await desk.passes(MINUTE);
    expect(desk.slack.ephemerals(PEOPLE.cora).slice(before).map(wordsOf)).toEqual([
      `⛔ ${SILENT}\nNext: Try again in a moment.`,
    ]);
    expect(await lastRefusal()).toBe(`U0CORA approve: slackSilent: ${SILENT} (null)`);
    expect((await stored(desk, id)).decisions).toEqual([]);
    await approves(desk, 'cem', id);
  });

  it('A guest, a stranger and somebody whom the policy lets ask for nothing find no service.', async () => {
    await desk.policy(
      BY_GROUP.replace(/may: \[everyone\]/g, 'may: [curator, admin]').replace(
        'approve: { by: [curator, admin], count: 1, unless: [curator, admin] }',
        'approve: { by: [admin], count: 1 }',
      ),
    );
    await opens(desk, 'cem', '/handle request');
    const finds = async (name: Name) => {
      const options = await desk.as(name).searches('service_pick', 'data');
      return options.map((it) => it.text.text);
    };
    expect(await finds('cem')).toEqual(['DataCite']);
    await desk.policy(BY_GROUP);
    await opens(desk, 'lena', '/handle request');
    expect(await finds('lena')).toEqual(['DataCite']);
    await desk.policy(BY_GROUP.replace(/may: \[everyone\]/g, 'may: [admin]'));
    expect(await finds('lena')).toEqual([]);
    await desk.policy(BY_GROUP);
    expect(await finds('lena')).toEqual(['DataCite']);
    desk.slack.changeUser(PEOPLE.lena, { is_restricted: true });
    await desk.passes(6 * MINUTE);
    expect(await finds('lena')).toEqual([]);
    desk.slack.changeUser(PEOPLE.lena, { is_restricted: false, team_id: 'T0OTHER' });
    await desk.passes(6 * MINUTE);
    expect(await finds('lena')).toEqual([]);
  });

  it('Whoever may no longer link finds nobody.', async () => {
    await opens(desk, 'cem', '/handle link');
    const finds = () => desk.as('cem').searches('onezone_pick', 'lena');
    expect(await finds()).toHaveLength(1);
    await desk.policy(WITHOUT_CEM);
    expect(await finds()).toEqual([]);
  });
});
