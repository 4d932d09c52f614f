import { describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import {
  approversOf,
  decide,
  decideSomewhere,
  reviewRefusal,
  rolesOf,
  ruleFor,
  standingApprovals,
  votesThatCount,
} from '../../src/requests/decide.js';
import type { Standing } from '../../src/requests/person.js';
import type { Request } from '../../src/requests/request.js';
import { after, aGrant, aRegistration, aSubject, DATACITE, NOW } from '../builders.js';
import { about, aPolicy, approvedBy, EPIC, someone } from './situation.js';

const policy = aPolicy();
const lena = someone('U0LENA');
const ask = (
  who = lena,
  action: 'register' | 'grant' | 'revoke' | 'rotate' = 'grant',
  service = DATACITE,
) => decide(policy, who, { do: 'ask', action, service }, NOW);

describe('asking', () => {
  it.each([
    [
      'anyone for a grant: a curator or an administrator has to agree',
      ask(),
      { kind: 'needs', rule: 'actions.grant.approve', count: 1, by: ['curator', 'admin'] },
    ],
    [
      'a curator for a grant: nobody has to',
      ask(someone('U0INES')),
      { kind: 'allowed', rule: 'actions.grant.approve.unless', missing: 0 },
    ],
    [
      'a member of a user group of the role: nobody has to',
      ask(someone('U0X', { usergroups: ['S0CURATORS'] })),
      { kind: 'allowed', rule: 'actions.grant.approve.unless', missing: 0 },
    ],
    [
      'a curator to register: an administrator has to agree',
      ask(someone('U0INES'), 'register'),
      { kind: 'needs', rule: 'actions.register.approve', count: 1, by: ['admin'] },
    ],
    [
      'a curator to revoke: nothing is said of agreement',
      ask(someone('U0INES'), 'revoke'),
      { kind: 'allowed', rule: 'actions.revoke.may', missing: 0 },
    ],
    [
      'anyone for a narrower service: two administrators',
      ask(lena, 'grant', EPIC),
      { kind: 'needs', rule: 'services[ePIC*].actions.grant.approve', count: 2, by: ['admin'] },
    ],
    [
      'a curator for a narrower service: the general exemption is gone',
      ask(someone('U0INES'), 'grant', EPIC),
      { kind: 'needs', rule: 'services[ePIC*].actions.grant.approve', count: 2, by: ['admin'] },
    ],
  ])('%s', (_what, verdict, expected) => {
    expect(verdict).toEqual(expected);
  });

  it.each([
    [
      'notInRole',
      ask(lena, 'revoke'),
      refusals.notInRole('revoke', ['curator', 'admin'], 'actions.revoke.may'),
    ],
    ['nobodyMay', ask(someone('U0ADA'), 'rotate'), refusals.nobodyMay('rotate', 'actions.rotate')],
  ])('is refused with %s', (_code, verdict, refusal) => {
    expect(verdict).toEqual({ kind: 'refused', refusal });
  });

  it('lets nobody do what an empty list may', () => {
    const nobody = aPolicy({ actions: { grant: { may: [], approve: null } } });
    const verdict = decide(
      nobody,
      someone('U0ADA'),
      { do: 'ask', action: 'grant', service: null },
      NOW,
    );
    expect(verdict).toEqual({
      kind: 'refused',
      refusal: refusals.nobodyMay('grant', 'actions.grant'),
    });
  });

  it('uses the first narrower rule that has the action', () => {
    expect(ruleFor(policy, 'revoke', EPIC).path).toBe('actions.revoke');
    expect(ruleFor(policy, 'grant', EPIC).path).toBe('services[ePIC*].actions.grant');
    expect(ruleFor(policy, 'grant', { id: 'by-id', name: 'x' }).path).toBe(
      'services[by-id].actions.grant',
    );
    expect(ruleFor(policy, 'grant', null).path).toBe('actions.grant');
  });
});

describe('those who can do nothing here', () => {
  const outsiders: readonly Exclude<Standing, 'member'>[] = [
    'guest',
    'stranger',
    'bot',
    'deactivated',
  ];
  const situation = about(aGrant());

  it.each(outsiders)(
    'a %s has no role and is refused everything, even as an administrator of the file',
    (standing) => {
      const actor = someone('U0ADA', { standing });
      const refused = { kind: 'refused', refusal: refusals[standing]() };
      expect(rolesOf(policy, actor)).toEqual([]);
      expect(decide(policy, actor, { do: 'ask', action: 'grant', service: null }, NOW)).toEqual(
        refused,
      );
      for (const what of ['approve', 'deny', 'withdraw'] as const) {
        expect(decide(policy, actor, { do: what, about: situation }, NOW)).toEqual(refused);
      }
    },
  );

  it.each(outsiders)('an approval counts no more when its giver is a %s', (standing) => {
    const two = about(aGrant({ service: EPIC, ...approvedBy('U0ADA') }), {
      approvers: [someone('U0ADA', { standing })],
    });
    expect(standingApprovals(policy, two, NOW)).toEqual([]);
    expect(decide(policy, someone('U0BEA'), { do: 'approve', about: two }, NOW)).toMatchObject({
      missing: 1,
    });
  });
});

describe('what is one’s own', () => {
  const own = (standing: Standing) =>
    decide(
      policy,
      someone('U0X', { standing }),
      { do: 'ask', action: null, service: DATACITE },
      NOW,
    );

  it.each<Standing>(['member', 'guest'])('a %s may do with it what they like', (standing) => {
    expect(own(standing)).toEqual({ kind: 'allowed', rule: null, missing: 0 });
  });

  it.each(['stranger', 'bot', 'deactivated'] as const)('a %s may not even that', (standing) => {
    expect(own(standing)).toEqual({ kind: 'refused', refusal: refusals[standing]() });
  });

  it.each(['approve', 'deny'] as const)('is for nobody else to %s', (verdict) => {
    const request = aGrant({ change: 'release', action: null, approval: null });
    const question = { do: verdict, about: about(request) };
    expect(decide(policy, someone('U0ADA'), question, NOW)).toEqual({
      kind: 'refused',
      refusal: refusals.nobodyDecides('R-0000000A'),
    });
    expect(approversOf(policy, request, NOW)).toEqual([]);
  });
});

describe('opening a form before a service is chosen', () => {
  const onlyForEpic = aPolicy({
    actions: {},
    services: [
      {
        match: 'ePIC*',
        actions: { grant: { may: ['curator'], approve: null } },
        notify: null,
      },
    ],
  });

  it('is for those who may ask for some service', () => {
    expect(decideSomewhere(onlyForEpic, someone('U0INES'), 'grant', NOW)).toEqual({
      kind: 'allowed',
      rule: 'services[ePIC*].actions.grant.may',
      missing: 0,
    });
  });

  it('is refused by the general rule where no narrower one lets them', () => {
    expect(decideSomewhere(onlyForEpic, lena, 'grant', NOW)).toEqual({
      kind: 'refused',
      refusal: refusals.nobodyMay('grant', 'actions.grant'),
    });
    expect(decideSomewhere(onlyForEpic, someone('U0INES'), 'revoke', NOW)).toEqual({
      kind: 'refused',
      refusal: refusals.nobodyMay('revoke', 'actions.revoke'),
    });
  });

  it('needs no rule for what is one’s own', () => {
    expect(decideSomewhere(onlyForEpic, lena, null, NOW)).toMatchObject({ kind: 'allowed' });
  });
});

describe('reading a request in full', () => {
  const grant = aGrant({ requester: 'U0REQUESTER' });
  const refusal = (who: string, request: Request = grant) =>
    reviewRefusal(policy, someone(who), request, NOW);

  it.each(['U0REQUESTER', 'U0LENA', 'U0INES', 'U0ADA'])('is for %s', (who) => {
    expect(refusal(who)).toBeNull();
  });

  it('is for nobody else', () => {
    expect(refusal('U0X')).toEqual(
      refusals.notAnApprover(['curator', 'admin'], 'actions.grant.approve.by'),
    );
    expect(refusal('U0INES', aGrant({ action: null, change: 'release' }))).toEqual(
      refusals.notAnApprover([], null),
    );
  });

  it('is not for those whom this workspace has put out, whatever they asked', () => {
    const gone = someone('U0REQUESTER', { standing: 'deactivated' });
    expect(reviewRefusal(policy, gone, grant, NOW)).toEqual(refusals.deactivated());
  });
});

describe('agreements that are shown as counting', () => {
  it('are those to this effect, one of each person', () => {
    const { decisions } = approvedBy('U0ADA', 'U0ADA', ['U0BEA', 'oz-one'], ['U0CLEO', 'oz-one']);
    const [first, , second] = decisions;
    expect(votesThatCount({ decisions, effect: null })).toEqual([first, second]);
    expect(votesThatCount({ decisions, effect: 'another' })).toEqual([]);
  });

  it('are no denials', () => {
    const decisions = approvedBy('U0ADA').decisions.map((decision) => ({
      ...decision,
      verdict: 'deny' as const,
    }));
    expect(votesThatCount({ decisions, effect: null })).toEqual([]);
  });
});

describe('agreeing and denying', () => {
  const decision = (who: string, request: Request = aGrant(), more = {}) =>
    decide(policy, someone(who), { do: 'approve', about: about(request, more) }, NOW);

  it('lets a curator agree, and says that nothing is missing then', () => {
    expect(decision('U0INES')).toEqual({
      kind: 'allowed',
      rule: 'actions.grant.approve',
      missing: 0,
    });
  });

  it('lets a curator deny', () => {
    const question = { do: 'deny' as const, about: about(aGrant()) };
    expect(decide(policy, someone('U0INES'), question, NOW)).toEqual({
      kind: 'allowed',
      rule: 'actions.grant.approve',
      missing: 0,
    });
  });

  it('says how many are missing after the first of two', () => {
    expect(decision('U0ADA', aGrant({ service: EPIC }))).toMatchObject({
      kind: 'allowed',
      missing: 1,
    });
    const one = aGrant({ service: EPIC, ...approvedBy('U0ADA') });
    expect(decision('U0BEA', one, { approvers: [someone('U0ADA')] })).toMatchObject({ missing: 0 });
  });

  it.each<[string, ReturnType<typeof decide>, ReturnType<typeof refusals.ownRequest>]>([
    [
      'ownRequest',
      decision('U0ADA', aGrant({ requester: 'U0ADA' }), { requester: someone('U0ADA') }),
      refusals.ownRequest(),
    ],
    [
      'ownBenefit',
      decision('U0ADA', aGrant({ subjects: [aSubject({ slack: 'U0ADA' })] })),
      refusals.ownBenefit(),
    ],
    [
      'notAnApprover',
      decision('U0X'),
      refusals.notAnApprover(['curator', 'admin'], 'actions.grant.approve.by'),
    ],
    [
      'notAnApprover, by a narrower rule',
      decision('U0INES', aGrant({ service: EPIC })),
      refusals.notAnApprover(['admin'], 'services[ePIC*].actions.grant.approve.by'),
    ],
    [
      'notPending',
      decision('U0INES', aGrant({ status: 'denied' })),
      refusals.notPending('R-0000000A', 'denied'),
    ],
    [
      'notPending, because its time is up and the timer late',
      decision('U0INES', aGrant({ lapsesAt: NOW })),
      refusals.notPending('R-0000000A', 'lapsed'),
    ],
    [
      'notPending, as it ended and not as lapsed long after',
      decision('U0INES', aGrant({ status: 'done', lapsesAt: NOW })),
      refusals.notPending('R-0000000A', 'done'),
    ],
    [
      'alreadyApproved',
      decision('U0ADA', aGrant({ service: EPIC, ...approvedBy('U0ADA') }), {
        approvers: [someone('U0ADA')],
      }),
      refusals.alreadyApproved(),
    ],
    [
      'requesterGone, when a guest',
      decision('U0INES', aGrant(), { requester: someone('U0REQUESTER', { standing: 'guest' }) }),
      refusals.requesterGone('R-0000000A'),
    ],
    [
      'requesterGone, when the role is lost',
      decision('U0ADA', aRegistration()),
      refusals.requesterGone('R-0000000B'),
    ],
  ])('is refused with %s', (_code, verdict, refusal) => {
    expect(verdict).toEqual({ kind: 'refused', refusal });
  });

  it('lets a curator deny what a requester without the role asked', () => {
    const question = { do: 'deny' as const, about: about(aRegistration()) };
    expect(decide(policy, someone('U0ADA'), question, NOW)).toMatchObject({ kind: 'allowed' });
  });

  it('counts a person who lost the role no more', () => {
    const request = aGrant({ service: EPIC, ...approvedBy('U0GONE') });
    expect(decision('U0ADA', request, { approvers: [someone('U0GONE')] })).toMatchObject({
      missing: 1,
    });
  });

  it('counts agreement no more when what was agreed to has changed since', () => {
    const request = aGrant({ service: EPIC, ...approvedBy('U0BEA'), effect: 'another' });
    expect(decision('U0ADA', request, { approvers: [someone('U0BEA')] })).toMatchObject({
      missing: 1,
    });
    expect(decision('U0BEA', request, { approvers: [someone('U0BEA')] })).toMatchObject({
      kind: 'allowed',
    });
  });

  it('lets those decide who were asked, when the rule no longer asks anyone', () => {
    const laxer = aPolicy({ actions: { grant: { may: ['everyone'], approve: null } } });
    const question = { do: 'approve' as const, about: about(aGrant()) };
    expect(decide(laxer, someone('U0INES'), question, NOW)).toMatchObject({ missing: 0 });
  });

  it('follows the policy of now: a request that needed one may need two by now', () => {
    const stricter = aPolicy({
      actions: {
        grant: { may: ['everyone'], approve: { by: ['curator'], count: 2, unless: [] } },
      },
    });
    const verdict = decide(
      stricter,
      someone('U0INES'),
      { do: 'approve', about: about(aGrant()) },
      NOW,
    );
    expect(verdict).toMatchObject({ missing: 1 });
  });
});

describe('two Slack accounts with one Onezone user', () => {
  const same = { kind: 'refused', refusal: refusals.sameOnezoneUser() };
  const ada = someone('U0ADA', { onezone: ['oz-one'] });
  const bea = someone('U0BEA', { onezone: ['oz-old', 'oz-one'] });

  it('cannot agree to what the other asked', () => {
    const situation = about(aGrant(), {
      requester: someone('U0REQUESTER', { onezone: ['oz-new', 'oz-one'] }),
    });
    expect(decide(policy, ada, { do: 'approve', about: situation }, NOW)).toEqual(same);
    expect(decide(policy, ada, { do: 'deny', about: situation }, NOW)).toEqual(same);
  });

  it('cannot agree to what the other gets', () => {
    const identity = { onezone: 'oz-one', name: 'L', username: null, by: 'proposed' as const };
    const situation = about(
      aGrant({ subjects: [aSubject(), aSubject({ slack: 'U0L', identity })] }),
    );
    expect(decide(policy, ada, { do: 'approve', about: situation }, NOW)).toEqual(same);
  });

  it('cannot agree to what somebody gets who was once the same', () => {
    const lena = someone('U0LENA', { onezone: ['oz-new', 'oz-one'] });
    const situation = about(aGrant(), { subjects: [lena] });
    expect(decide(policy, ada, { do: 'approve', about: situation }, NOW)).toEqual(same);
  });

  it('are one voice', () => {
    const situation = about(aGrant({ service: EPIC, ...approvedBy('U0ADA') }), {
      approvers: [ada],
    });
    expect(decide(policy, bea, { do: 'approve', about: situation }, NOW)).toEqual(same);
    const both = about(aGrant({ service: EPIC, ...approvedBy('U0ADA', 'U0BEA') }), {
      approvers: [ada, bea],
    });
    expect(standingApprovals(policy, both, NOW)).toEqual([ada]);
  });

  it('are one voice even when the link went from one account to the other between the clicks', () => {
    const request = aGrant({ service: EPIC, ...approvedBy(['U0ADA', 'oz-one']) });
    const situation = about(request, { approvers: [someone('U0ADA')] });
    expect(decide(policy, bea, { do: 'approve', about: situation }, NOW)).toEqual(same);
  });

  it('does not take two people without a link for one', () => {
    const situation = about(aGrant({ service: EPIC, ...approvedBy('U0ADA') }), {
      approvers: [someone('U0ADA')],
    });
    expect(
      decide(policy, someone('U0BEA'), { do: 'approve', about: situation }, NOW),
    ).toMatchObject({ missing: 0 });
  });
});

describe('escalation', () => {
  const escalating = aPolicy({
    requests: { ...policy.requests, escalate: { after: 48 * 3_600_000, to: ['boss'] } },
  });
  const question = { do: 'approve' as const, about: about(aGrant()) };

  it('lets others decide from its moment on, and not a millisecond before', () => {
    const moment = after(48 * 60);
    expect(decide(escalating, someone('U0BOSS'), question, moment)).toMatchObject({
      kind: 'allowed',
    });
    expect(decide(escalating, someone('U0BOSS'), question, new Date(moment.getTime() - 1))).toEqual(
      {
        kind: 'refused',
        refusal: refusals.notAnApprover(['curator', 'admin'], 'actions.grant.approve.by'),
      },
    );
  });

  it('adds to those who may anyway', () => {
    expect(approversOf(escalating, aGrant(), after(48 * 60))).toEqual(['curator', 'admin', 'boss']);
  });
});

describe('withdrawing', () => {
  const withdraw = (who: string, request: Request = aGrant()) =>
    decide(policy, someone(who), { do: 'withdraw', about: about(request) }, NOW);

  it('is for whoever asked, while it waits', () => {
    expect(withdraw('U0REQUESTER')).toEqual({ kind: 'allowed', rule: null, missing: 0 });
  });

  it.each([
    ['notYours', withdraw('U0ADA'), refusals.notYours()],
    [
      'notPending',
      withdraw('U0REQUESTER', aGrant({ status: 'approved' })),
      refusals.notPending('R-0000000A', 'approved'),
    ],
    [
      'notPending, when its time is up',
      withdraw('U0REQUESTER', aGrant({ lapsesAt: NOW })),
      refusals.notPending('R-0000000A', 'lapsed'),
    ],
  ])('is refused with %s', (_code, verdict, refusal) => {
    expect(verdict).toEqual({ kind: 'refused', refusal });
  });
});

describe('a user group that Slack could not be asked about', () => {
  const unsure = { unsureOf: ['S0CURATORS'] };
  const silent = refusals.slackSilent('who is in the user group S0CURATORS');
  const approving = (who: string, request: Request, people: Parameters<typeof about>[1] = {}) =>
    decide(policy, someone(who, unsure), { do: 'approve', about: about(request, people) }, NOW);

  it('holds whoever may have the role by it and by nothing else', () => {
    expect(ask(someone('U0X', unsure), 'register')).toEqual({ kind: 'refused', refusal: silent });
    expect(approving('U0X', aGrant())).toEqual({ kind: 'refused', refusal: silent });
    expect(reviewRefusal(policy, someone('U0X', unsure), aGrant(), NOW)).toEqual(silent);
  });

  it('holds whoever may ask only by a narrower rule, before a service is chosen', () => {
    const narrow = aPolicy({
      services: [
        { match: 'ePIC*', actions: { rotate: { may: ['curator'], approve: null } }, notify: null },
      ],
    });
    const verdict = decideSomewhere(narrow, someone('U0X', unsure), 'rotate', NOW);
    expect(verdict).toEqual({ kind: 'refused', refusal: silent });
  });

  it('is no matter to whoever has the role by name', () => {
    expect(approving('U0INES', aGrant())).toMatchObject({ kind: 'allowed', missing: 0 });
  });

  it('gives nobody what spares them the agreement of others', () => {
    expect(ask(someone('U0X', unsure))).toMatchObject({ kind: 'needs' });
  });

  it('says of a requester only that it is not known, and not that they are gone', () => {
    const requester = someone('U0REQUESTER', unsure);
    expect(approving('U0ADA', aRegistration(), { requester })).toEqual({
      kind: 'refused',
      refusal: silent,
    });
  });

  it('holds an agreement beside an earlier one that cannot be counted now', () => {
    const request = aGrant({ ...approvedBy('U0X') });
    expect(approving('U0INES', request, { approvers: [someone('U0X', unsure)] })).toEqual({
      kind: 'refused',
      refusal: silent,
    });
  });
});

describe('whoever said which Onezone user somebody is', () => {
  const byAda = { linkedBy: ['U0ADA'] };
  const party = (person: string) => ({
    kind: 'refused',
    refusal: refusals.linkedParty(`<@${person}>`),
  });

  it.each([
    ['asks', 'U0REQUESTER', { requester: someone('U0REQUESTER', byAda) }],
    ['gets it', 'U0LENA', { subjects: [someone('U0LENA', byAda)] }],
  ])('does not decide where that person %s', (_, person, said) => {
    const situation = about(aGrant(), said);
    for (const what of ['approve', 'deny'] as const) {
      const verdict = decide(policy, someone('U0ADA'), { do: what, about: situation }, NOW);
      expect(verdict).toEqual(party(person));
    }
    expect(
      decide(policy, someone('U0BEA'), { do: 'approve', about: situation }, NOW),
    ).toMatchObject({ kind: 'allowed' });
  });

  it('does not count as a second beside that person', () => {
    const bea = someone('U0BEA', byAda);
    const one = about(aGrant({ service: EPIC, ...approvedBy('U0BEA') }), { approvers: [bea] });
    expect(decide(policy, someone('U0ADA'), { do: 'approve', about: one }, NOW)).toEqual({
      kind: 'refused',
      refusal: refusals.linkedOther('<@U0BEA>'),
    });
    const both = about(aGrant({ service: EPIC, ...approvedBy('U0ADA', 'U0BEA') }), {
      approvers: [someone('U0ADA'), bea],
    });
    expect(standingApprovals(policy, both, NOW)).toEqual([someone('U0ADA')]);
  });
});
