import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decide,
  rolesOf,
  type Situation,
  standingApprovals,
  type Verdict,
} from '../../src/requests/decide.js';
import type { Actor } from '../../src/requests/person.js';
import { ACTIONS, type ActionRule, type Policy } from '../../src/requests/policy.js';
import type { Request } from '../../src/requests/request.js';
import { aSubject, aGrant, NOW } from '../builders.js';
import { aPolicy, someone } from './situation.js';

const NAMES = ['a', 'b', 'c'];
const USERS = ['U0A', 'U0B', 'U0C', 'U0D', 'U0E'];
const SERVICES = [
  { id: 's1', name: 'DataCite' },
  { id: 's2', name: 'ePIC prod' },
];

const role = fc.constantFrom('everyone', ...NAMES);
const roleList = fc.uniqueArray(role, { maxLength: 4 });
const rule: fc.Arbitrary<ActionRule> = fc.record({
  may: roleList,
  approve: fc.option(
    fc.record({ by: roleList, count: fc.integer({ min: 1, max: 4 }), unless: roleList }),
  ),
});
const users = fc.uniqueArray(fc.constantFrom(...USERS), { maxLength: 4 });
const policies: fc.Arbitrary<Policy> = fc
  .record({
    roles: fc.record({ a: users, b: users, c: users }),
    actions: fc.dictionary(fc.constantFrom(...ACTIONS), rule),
    narrow: rule,
    escalate: fc.option(fc.record({ after: fc.constantFrom(0, 1000), to: roleList })),
  })
  .map(({ roles, actions, narrow, escalate }) =>
    aPolicy({
      roles: Object.fromEntries(
        Object.entries(roles).map(([name, them]) => [name, { users: them, usergroups: [] }]),
      ),
      actions,
      services: [{ match: 'ePIC*', actions: { grant: narrow }, notify: null }],
      requests: { lapseAfter: 1000, remindAfter: null, escalate },
    }),
  );
const onezone = fc.option(fc.constantFrom('oz1', 'oz2', 'oz3'));
const voice = fc.record({
  onezone: fc.uniqueArray(fc.constantFrom('oz1', 'oz2', 'oz3', 'oz4'), { maxLength: 2 }),
  linkedBy: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom(...USERS), { maxLength: 1 })),
});
const actors: fc.Arbitrary<Actor> = fc
  .record({ id: fc.constantFrom(...USERS), voice })
  .map(({ id, voice: said }) => someone(id, { ...said, linkedBy: others(said.linkedBy, id) }));
const others = (all: readonly string[], id: string): readonly string[] =>
  all.filter((other) => other !== id);

const identity = (linked: string) => ({
  onezone: linked,
  name: 'N',
  username: null,
  by: 'linked' as const,
});
const requests: fc.Arbitrary<Request> = fc
  .record({
    service: fc.constantFrom(...SERVICES),
    requester: fc.constantFrom(...USERS),
    people: fc.uniqueArray(fc.constantFrom(...USERS), { minLength: 1, maxLength: 3 }),
    onezones: fc.array(onezone, { minLength: 3, maxLength: 3 }),
    votes: fc.array(fc.record({ by: fc.constantFrom(...USERS), onezone }), { maxLength: 5 }),
  })
  .map(({ service, requester, people, onezones, votes }) =>
    aGrant({
      service,
      requester,
      lapsesAt: null,
      subjects: people.map((slack, index) => {
        const linked = onezones[index] ?? null;
        return aSubject({ slack, identity: linked === null ? null : identity(linked) });
      }),
      decisions: votes.map((vote) => ({
        ...vote,
        verdict: 'approve',
        effect: null,
        comment: '',
        at: NOW,
      })),
    }),
  );
const situations = fc
  .record({
    request: requests,
    links: fc.record({ U0A: voice, U0B: voice, U0C: voice, U0D: voice, U0E: voice }),
  })
  .map(({ request, links }) => {
    const actor = (id: string): Actor => {
      const said = Object.entries(links).find(([user]) => user === id)?.[1];
      return someone(id, { ...said, linkedBy: others(said?.linkedBy ?? [], id) });
    };
    const subjects = request.subjects.map(({ slack }) => actor(slack));
    const voters = [...new Set(request.decisions.map((vote) => vote.by))];
    const approvers = voters.map(actor);
    const about = { request, requester: actor(request.requester), approvers, subjects };
    return { about, actor };
  });

const ask = (
  policy: Policy,
  actor: Actor,
  action: (typeof ACTIONS)[number],
  service = SERVICES[0],
) => decide(policy, actor, { do: 'ask', action, service: service ?? null }, NOW);
const rank = (verdict: Verdict): number => ['refused', 'needs', 'allowed'].indexOf(verdict.kind);
const said = (verdict: Verdict): unknown =>
  verdict.kind === 'needs' ? { ...verdict, by: [...verdict.by].sort() } : verdict.kind;

const reversed = (rule: ActionRule): ActionRule => ({
  may: rule.may.toReversed(),
  approve:
    rule.approve === null
      ? null
      : {
          ...rule.approve,
          by: rule.approve.by.toReversed(),
          unless: rule.approve.unless.toReversed(),
        },
});

describe('decide, whatever the policy', () => {
  const action = fc.constantFrom(...ACTIONS);
  const service = fc.constantFrom(...SERVICES);

  it('does not depend on the order in which roles are written', () => {
    fc.assert(
      fc.property(policies, actors, action, service, (policy, actor, what, where) => {
        const turned: Policy = {
          ...policy,
          roles: Object.fromEntries(Object.entries(policy.roles).toReversed()),
          actions: Object.fromEntries(
            Object.entries(policy.actions).map(([name, rule]) => [name, reversed(rule)]),
          ),
          services: policy.services.map((narrow) => ({
            ...narrow,
            actions: Object.fromEntries(
              Object.entries(narrow.actions).map(([name, rule]) => [name, reversed(rule)]),
            ),
          })),
        };
        expect(said(ask(turned, actor, what, where))).toEqual(
          said(ask(policy, actor, what, where)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('gives nobody more for having a role less', () => {
    fc.assert(
      fc.property(
        policies,
        actors,
        action,
        service,
        fc.constantFrom(...NAMES),
        (policy, actor, what, where, name) => {
          const roles = { ...policy.roles, [name]: { users: [], usergroups: [] } };
          const less = ask({ ...policy, roles }, actor, what, where);
          expect(rank(less)).toBeLessThanOrEqual(rank(ask(policy, actor, what, where)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('lets nobody do what is not in the policy', () => {
    fc.assert(
      fc.property(policies, actors, action, (policy, actor, what) => {
        const silent = { ...policy, actions: {}, services: [] };
        expect(ask(silent, actor, what)).toMatchObject({
          kind: 'refused',
          refusal: { code: 'nobodyMay' },
        });
      }),
    );
  });

  it('never lets anyone decide who is in the request, by any of their accounts', () => {
    fc.assert(
      fc.property(
        policies,
        situations,
        fc.constantFrom(...USERS),
        (policy, { about, actor }, id) => {
          const someoneInIt = actor(id);
          const { request, requester, subjects } = about;
          const parties = [requester, ...subjects];
          const ids = [request.requester, ...request.subjects.map((subject) => subject.slack)];
          const linked = [
            ...parties.flatMap((party) => party.onezone),
            ...request.subjects.map((subject) => subject.identity?.onezone ?? null),
          ];
          const isInIt =
            ids.includes(id) ||
            someoneInIt.onezone.some((own) => linked.includes(own)) ||
            parties.some(({ linkedBy }) => linkedBy.includes(id));
          fc.pre(isInIt);
          for (const what of ['approve', 'deny'] as const) {
            expect(decide(policy, someoneInIt, { do: what, about }, NOW).kind).toBe('refused');
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('counts no more approvals than there are people, accounts and Onezone users among those who gave them', () => {
    fc.assert(
      fc.property(policies, situations, (policy, { about }) => {
        const counted = standingApprovals(policy, about, NOW);
        const linked = counted.flatMap((approver) => approver.onezone);
        const ids = counted.map((approver) => approver.id);
        expect(
          counted.flatMap(({ linkedBy }) => linkedBy).filter((by) => ids.includes(by)),
        ).toEqual([]);
        expect(new Set(linked).size).toBe(linked.length);
        expect(new Set(counted.map((approver) => approver.id)).size).toBe(counted.length);
        for (const approver of counted) {
          expect(about.request.decisions.map(({ by }) => by)).toContain(approver.id);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('lets nobody in by more links: with one more Onezone user to anybody, or one more who made a link, nobody new may decide', () => {
    fc.assert(
      fc.property(
        policies,
        situations,
        fc.constantFrom(...USERS),
        voice,
        (policy, said, who, more) => {
          const { about, actor } = said;
          const grown = <P extends Actor>(person: P): P =>
            person.id !== who
              ? person
              : {
                  ...person,
                  onezone: [...person.onezone, ...more.onezone],
                  linkedBy: [...person.linkedBy, ...others(more.linkedBy, who)],
                };
          const later: Situation = {
            request: about.request,
            requester: grown(about.requester),
            approvers: about.approvers.map(grown),
            subjects: about.subjects.map(grown),
          };
          const id = USERS.find((user) => user !== who) ?? who;
          const before = decide(policy, actor(id), { do: 'deny', about }, NOW);
          const after = decide(policy, grown(actor(id)), { do: 'deny', about: later }, NOW);
          if (before.kind === 'refused') expect(after.kind).toBe('refused');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('comes to an end: each approval that is let leaves one fewer missing, and no one is let twice', () => {
    fc.assert(
      fc.property(policies, situations, (policy, { about, actor }) => {
        const empty: Request = { ...about.request, decisions: [] };
        let current: Situation & { request: Request } = {
          ...about,
          request: empty,
          approvers: [],
        };
        let before: number | null = null;
        for (const id of USERS) {
          const approver = actor(id);
          const verdict = decide(policy, approver, { do: 'approve', about: current }, NOW);
          if (verdict.kind !== 'allowed') continue;
          if (before !== null) expect(verdict.missing).toBe(Math.max(0, before - 1));
          before = verdict.missing;
          const decision = {
            by: id,
            onezone: approver.onezone[0] ?? null,
            verdict: 'approve' as const,
            effect: null,
            comment: '',
            at: NOW,
          };
          const decisions = [...current.request.decisions, decision];
          current = {
            ...current,
            request: { ...current.request, decisions },
            approvers: [...current.approvers, approver],
          };
          expect(decide(policy, approver, { do: 'approve', about: current }, NOW).kind).toBe(
            'refused',
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives roles only to those of the file, and everyone to each member', () => {
    fc.assert(
      fc.property(policies, actors, (policy, actor) => {
        const named = NAMES.filter((name) => policy.roles[name]?.users.includes(actor.id));
        expect([...rolesOf(policy, actor)].sort()).toEqual(['everyone', ...named].sort());
      }),
    );
  });
});
