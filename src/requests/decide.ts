import { type Refusal, refusals } from '../errors.js';
import { matches } from './matches.js';
import type { Actor, Voice } from './person.js';
import type { Action, ActionRule, Policy } from './policy.js';
import { type Decision, type Request, serviceOf, type ServiceRef, settledAs } from './request.js';

export { matches };

/** What someone wants to do. */
export type Question =
  /** `action` null: what one may do with what is one's own, whatever the policy says. */
  | { readonly do: 'ask'; readonly action: Action | null; readonly service: ServiceRef | null }
  | { readonly do: 'approve' | 'deny' | 'withdraw'; readonly about: Situation };

/** A request, with the people in it as they are at this moment and not as they were when they acted. */
export interface Situation {
  readonly request: Request;
  readonly requester: Actor;
  readonly approvers: readonly Actor[];
  /** The people whom it is about. */
  readonly subjects: readonly Voice[];
}

export type Verdict =
  /** `missing`: how many agreements are still needed after this one (0 for anything but an approval). */
  | { readonly kind: 'allowed'; readonly rule: string | null; readonly missing: number }
  | {
      readonly kind: 'needs';
      readonly rule: string;
      readonly count: number;
      readonly by: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The one place where it is decided who may do what. Forms, clicks, timers and `policy explain` all ask here,
 * so that what the screen offers and what the click does cannot differ.
 */
export function decide(policy: Policy, actor: Actor, question: Question, now: Date): Verdict {
  const isOwn = question.do === 'ask' && question.action === null;
  const outsider = refusalOf(actor);
  if (outsider !== null && !(isOwn && actor.standing === 'guest')) {
    return { kind: 'refused', refusal: outsider };
  }
  switch (question.do) {
    case 'ask':
      return question.action === null
        ? { kind: 'allowed', rule: null, missing: 0 }
        : decideAsk(policy, actor, question.action, question.service);
    case 'withdraw':
      return decideWithdraw(actor, question.about.request, now);
    case 'approve':
    case 'deny':
      return decideDecision(policy, actor, question.do, { ...question.about, now });
  }
}

/**
 * Asking for something before a service is chosen. A narrower rule may let in whom the general one does not:
 * whoever may ask for some service may open the form.
 */
export function decideSomewhere(
  policy: Policy,
  actor: Actor,
  action: Action | null,
  now: Date,
): Verdict {
  const ask = (service: ServiceRef | null): Verdict =>
    decide(policy, actor, { do: 'ask', action, service }, now);
  const general = ask(null);
  if (general.kind !== 'refused' || action === null) return general;
  const narrower = policy.services
    .filter((rule) => rule.actions[action] !== undefined)
    // Without its stars a pattern is a name that it matches.
    .map((rule) => ask({ id: rule.match, name: rule.match.replaceAll('*', '') }));
  return (
    narrower.find((verdict) => verdict.kind !== 'refused') ??
    [general, ...narrower].find(isHeld) ??
    general
  );
}

/** The roles someone has. `everyone` is every active full member and needs no entry in the file. */
export function rolesOf(policy: Policy, actor: Actor): readonly string[] {
  if (actor.standing !== 'member') return [];
  const named = Object.entries(policy.roles)
    .filter(
      ([, role]) =>
        role.users.includes(actor.id) ||
        role.usergroups.some((group) => actor.usergroups.includes(group)),
    )
    .map(([name]) => name);
  return ['everyone', ...named];
}

/** The rule for an action on a service, and where it stands in the file. The first narrower rule that speaks of the action wins. */
export function ruleFor(
  policy: Policy,
  action: Action,
  service: ServiceRef | null,
): { readonly rule: ActionRule | null; readonly path: string } {
  const narrower =
    service === null
      ? undefined
      : policy.services.find(
          (narrow) => narrow.actions[action] !== undefined && matches(narrow.match, service),
        );
  if (narrower !== undefined) {
    return {
      rule: narrower.actions[action] ?? null,
      path: `services[${narrower.match}].actions.${action}`,
    };
  }
  return { rule: policy.actions[action] ?? null, path: `actions.${action}` };
}

/** The requester's earlier approvers who still count, were the question asked again now. */
export function standingApprovals(policy: Policy, about: Situation, now: Date): readonly Actor[] {
  const by = approversOf(policy, about.request, now);
  const counted: Actor[] = [];
  for (const actor of about.approvers) {
    // Agreement to an effect that has changed since is no agreement.
    const votes = votesOf(actor.id, about.request);
    const voted = votes.some((vote) => vote.effect === about.request.effect);
    const distinct = !counted.some(
      (other) => isSameVoice(actor, other, about.request) || madeLinkOf(actor, other),
    );
    const entitled = hasOne(policy, actor, by) && partyRefusal(actor, about) === null;
    if (voted && distinct && entitled) counted.push(actor);
  }
  return counted;
}

/**
 * Agreements that count towards what was shown: to this effect and no other, and one of each person. For display; whether
 * their people may still agree is asked anew at each click.
 */
export function votesThatCount(
  request: Pick<Request, 'decisions' | 'effect'>,
): readonly Decision[] {
  const counted: Decision[] = [];
  for (const vote of request.decisions) {
    if (vote.verdict !== 'approve' || vote.effect !== request.effect) continue;
    if (!counted.some((other) => isSamePerson(other, vote))) counted.push(vote);
  }
  return counted;
}

const isSamePerson = (one: Decision, other: Decision): boolean =>
  one.by === other.by || (one.onezone !== null && one.onezone === other.onezone);

function decideAsk(
  policy: Policy,
  actor: Actor,
  action: Action,
  service: ServiceRef | null,
): Verdict {
  const { rule, path } = ruleFor(policy, action, service);
  if (rule === null || rule.may.length === 0) return refused(refusals.nobodyMay(action, path));
  if (!hasOne(policy, actor, rule.may)) {
    return refused(
      unsure(policy, actor, rule.may) ?? refusals.notInRole(action, rule.may, `${path}.may`),
    );
  }
  const { approve } = rule;
  if (approve === null) return { kind: 'allowed', rule: `${path}.may`, missing: 0 };
  if (hasOne(policy, actor, approve.unless)) {
    return { kind: 'allowed', rule: `${path}.approve.unless`, missing: 0 };
  }
  return { kind: 'needs', rule: `${path}.approve`, count: approve.count, by: approve.by };
}

function decideWithdraw(actor: Actor, request: Request, now: Date): Verdict {
  if (request.requester !== actor.id) return refused(refusals.notYours());
  const settled = settledAs(request, now);
  if (settled !== null) return refused(refusals.notPending(request.id, settled));
  return { kind: 'allowed', rule: null, missing: 0 };
}

function decideDecision(
  policy: Policy,
  actor: Actor,
  verdict: 'approve' | 'deny',
  about: Situation & { readonly now: Date },
): Verdict {
  const { request } = about;
  const { action } = request;
  if (action === null) return refused(refusals.nobodyDecides(request.id));
  const { rule, path } = ruleFor(policy, action, serviceOf(request));
  const settled = settledAs(request, about.now);
  if (settled !== null) return refused(refusals.notPending(request.id, settled));
  const party = partyRefusal(actor, about);
  if (party !== null) return refused(party);
  const by = approversOf(policy, request, about.now);
  if (!hasOne(policy, actor, by)) {
    return refused(unsure(policy, actor, by) ?? refusals.notAnApprover(by, `${path}.approve.by`));
  }
  if (verdict === 'deny') return { kind: 'allowed', rule: `${path}.approve`, missing: 0 };
  const asked = decideAsk(policy, about.requester, action, serviceOf(request));
  if (refusalOf(about.requester)) return refused(refusals.requesterGone(request.id));
  if (isHeld(asked)) return asked;
  if (asked.kind === 'refused') return refused(refusals.requesterGone(request.id));
  // An agreement that cannot be counted now would be asked for once more, of somebody who has given it.
  const uncounted = about.approvers
    .map((other) => (hasOne(policy, other, by) ? null : unsure(policy, other, by)))
    .find((refusal) => refusal !== null);
  if (uncounted !== undefined) return refused(uncounted);
  const counted = standingApprovals(policy, about, about.now);
  if (counted.some((other) => other.id === actor.id)) return refused(refusals.alreadyApproved());
  if (counted.some((other) => isSameVoice(other, actor, request)))
    return refused(refusals.sameOnezoneUser());
  const linked = counted.find((other) => madeLinkOf(actor, other));
  if (linked !== undefined) return refused(refusals.linkedOther(`<@${linked.id}>`));
  const missing = Math.max(0, (rule?.approve?.count ?? 1) - counted.length - 1);
  return { kind: 'allowed', rule: `${path}.approve`, missing };
}

/** Roles that may decide: those of the rule, and after the time of `escalate` also those it names. */
export function approversOf(policy: Policy, request: Request, now: Date): readonly string[] {
  if (request.action === null) return [];
  const { rule } = ruleFor(policy, request.action, serviceOf(request));
  const { escalate } = policy.requests;
  // A rule that no longer asks for agreement must not leave what already waits with nobody to decide it.
  const by = rule?.approve?.by ?? request.approval?.by ?? [];
  const escalated =
    escalate !== null && now.getTime() >= request.askedAt.getTime() + escalate.after;
  return escalated ? [...new Set([...by, ...escalate.to])] : by;
}

/** Who reads a request in full: those who asked for it or get by it, and those who may have to decide on it. Null: this person may. */
export function reviewRefusal(
  policy: Policy,
  actor: Actor,
  request: Request,
  now: Date,
): Refusal | null {
  const outsider = refusalOf(actor);
  if (outsider !== null) return outsider;
  const people = request.subjects.map((subject) => subject.slack);
  if ([request.requester, ...people].includes(actor.id)) return null;
  const by = approversOf(policy, request, now);
  if (hasOne(policy, actor, by)) return null;
  const rule = request.action === null ? null : ruleFor(policy, request.action, serviceOf(request));
  return (
    unsure(policy, actor, by) ??
    refusals.notAnApprover(by, rule === null ? null : `${rule.path}.approve.by`)
  );
}

/**
 * Requester and those it is about never decide, nor does another Slack account of one of their Onezone users, nor whoever said
 * which Onezone user they are.
 */
function partyRefusal(actor: Actor, about: Situation): Refusal | null {
  const { request, requester, subjects: people } = about;
  if (request.requester === actor.id) return refusals.ownRequest();
  const { subjects } = request;
  if (subjects.some((subject) => subject.slack === actor.id)) return refusals.ownBenefit();
  const parties = [requester, ...people];
  const theirs = new Set([
    ...parties.flatMap(({ onezone }) => onezone),
    ...subjects.map((subject) => subject.identity?.onezone ?? null),
  ]);
  if (actor.onezone.some((onezone) => theirs.has(onezone))) return refusals.sameOnezoneUser();
  const linked = parties.find(({ linkedBy }) => linkedBy.includes(actor.id));
  return linked === undefined ? null : refusals.linkedParty(`<@${linked.id}>`);
}

/** One said which Onezone user the other is: then they are not two who look at it. */
const madeLinkOf = (one: Voice, other: Voice): boolean =>
  one.linkedBy.includes(other.id) || other.linkedBy.includes(one.id);

/** What is said to those who can do nothing here, whatever the policy says. */
export function refusalOf(actor: Actor): Refusal | null {
  switch (actor.standing) {
    case 'member':
      return null;
    case 'guest':
      return refusals.guest();
    case 'stranger':
      return refusals.stranger();
    case 'bot':
      return refusals.bot();
    case 'deactivated':
      return refusals.deactivated();
  }
}

const votesOf = (user: string, { decisions }: Request): readonly Decision[] =>
  decisions.filter((vote) => vote.by === user && vote.verdict === 'approve');

/**
 * Two Slack accounts with one Onezone user are one voice. The Onezone user at the time of a vote counts beside those of now:
 * an address that matched then may have been changed between two clicks.
 */
function isSameVoice(one: Voice, other: Voice, request: Request): boolean {
  if (one.id === other.id) return true;
  const [ones, others] = [one, other].map(
    ({ id, onezone }) =>
      new Set([...onezone, ...votesOf(id, request).flatMap((vote) => vote.onezone ?? [])]),
  );
  return [...(ones ?? [])].some((onezone) => others?.has(onezone));
}

/** Whoever has none of these roles may have one by a group that Slack could not be asked about. */
function unsure(
  policy: Policy,
  { unsureOf = [] }: Actor,
  roles: readonly string[],
): Refusal | null {
  const group = roles
    .flatMap((role) => policy.roles[role]?.usergroups ?? [])
    .find((id) => unsureOf.includes(id));
  return group === undefined ? null : refusals.slackSilent(`who is in the user group ${group}`);
}

const isHeld = (verdict: Verdict): boolean =>
  verdict.kind === 'refused' && verdict.refusal.code === 'slackSilent';

const hasOne = (policy: Policy, actor: Actor, roles: readonly string[]): boolean =>
  rolesOf(policy, actor).some((role) => roles.includes(role));

const refused = (refusal: Refusal): Verdict => ({ kind: 'refused', refusal });
