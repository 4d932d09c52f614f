/**
 * Every way in which the bot says no to a person. A refusal is expected: someone caused it, it names the rule, and it says what to do next.
 * Anything else that is thrown is a fault: the person gets a support id, the operator the cause under the same id.
 */
export class Refusal extends Error {
  override name = 'Refusal' as const;
  readonly code: RefusalCode;
  /** What the person can do now. One sentence, plain text. */
  readonly next: string;
  /** Which rule said so, as a path into the policy file, or null where no rule can change it. */
  readonly rule: string | null;
  /** Roles whose people could do it, so that some of them can be named. */
  readonly roles: readonly string[];
  /** Form field (key of the change's ask) this is about, or null. */
  readonly field: string | null;
  /** What is wrong with each field of a form, by field; empty when it is not about a form. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, words: RefusalWords, options: ErrorOptions = {}) {
    super(words.why, options);
    this.code = code;
    this.next = words.next;
    this.rule = words.rule ?? null;
    this.roles = words.roles ?? [];
    this.field = words.field ?? null;
    this.fields =
      words.fields ?? (this.field === null ? {} : { [this.field]: `${words.why} ${words.next}` });
  }
}

/** Somebody else has moved the same access meanwhile: load it again. */
export class Overtaken extends Error {
  override name = 'Overtaken' as const;
}

/** The same for what was loaded of requests, which people hear of in words. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof Overtaken ||
  (error instanceof Refusal && error.code === 'someoneElseJustDecided');

/** What has to be known from Onezone is not known yet: look again soon. */
export class OutcomePending extends Error {
  override name = 'OutcomePending' as const;
}

interface RefusalWords {
  readonly why: string;
  readonly next: string;
  readonly rule?: string | null;
  readonly roles?: readonly string[];
  readonly field?: string | null;
  readonly fields?: Readonly<Record<string, string>>;
}

export type RefusalCode = keyof typeof refusals;

const by = (roles: readonly string[]): string => roles.join(' or ') || 'nobody';

export const refusals = {
  nobodyMay: (action: string, rule: string) =>
    new Refusal('nobodyMay', {
      why: `The policy lets nobody ${action}.`,
      next: `An administrator can add \`actions.${action}\` to the policy file.`,
      rule,
    }),
  notInRole: (action: string, roles: readonly string[], rule: string) =>
    new Refusal('notInRole', {
      why: `You may not ${action}: the policy lets only ${by(roles)} do that.`,
      next: `Ask someone with the role ${by(roles)}.`,
      rule,
      roles,
    }),
  guest: () =>
    new Refusal('guest', {
      why: 'Guests of this workspace can neither ask nor agree.',
      next: 'Ask a full member to make the request for you; a request can name you as the person who gets access.',
    }),
  stranger: () =>
    new Refusal('stranger', {
      why: 'You belong to another workspace; this desk serves only its own.',
      next: 'Ask a member of this workspace to make the request.',
    }),
  bot: () =>
    new Refusal('bot', {
      why: 'Bots can neither ask nor agree.',
      next: 'A person has to do this.',
    }),
  deactivated: () =>
    new Refusal('deactivated', {
      why: 'This Slack account is deactivated.',
      next: 'A workspace administrator can reactivate it.',
    }),
  /** Nothing is decided by it: the same may be allowed in a moment. */
  slackSilent: (about: string, options: ErrorOptions = {}) =>
    new Refusal(
      'slackSilent',
      {
        why: `Slack could not be asked ${about}, so nothing was done.`,
        next: 'Try again in a moment.',
      },
      options,
    ),
  policyMoved: () =>
    new Refusal('policyMoved', {
      why: 'The policy was changed at this very moment, so nothing was done.',
      next: 'Try again: the policy of now decides.',
    }),
  ownRequest: () =>
    new Refusal('ownRequest', {
      why: 'You asked for this yourself, so you cannot be the one who agrees.',
      next: 'Another approver has to decide. You can withdraw it.',
    }),
  ownBenefit: () =>
    new Refusal('ownBenefit', {
      why: 'This request is about your own access, so you cannot be the one who agrees.',
      next: 'Another approver has to decide.',
    }),
  sameOnezoneUser: () =>
    new Refusal('sameOnezoneUser', {
      why: 'Your Onezone user is the same as that of the requester, a beneficiary or an earlier approver.',
      next: 'An approver with a Onezone user of their own has to decide.',
    }),
  linkedParty: (person: string) =>
    new Refusal('linkedParty', {
      why: `You said which Onezone user ${person} is, so you cannot be the one who agrees here.`,
      next: `Another approver has to decide. It no longer counts once ${person} has proved it with \`/handle link me\`.`,
    }),
  linkedOther: (person: string) =>
    new Refusal('linkedOther', {
      why: `One of you and ${person}, who has agreed already, said which Onezone user the other is, so you do not count as two.`,
      next: 'Another approver has to decide.',
    }),
  /** Nobody's agreement is asked for what people do with what is their own. */
  nobodyDecides: (id: string) =>
    new Refusal('nobodyDecides', {
      why: `${id} needs nobody’s agreement.`,
      next: 'Nothing was changed.',
    }),
  notAnApprover: (roles: readonly string[], rule: string | null) =>
    new Refusal('notAnApprover', {
      why: `You cannot decide this: the policy wants agreement from ${by(roles)}.`,
      next: `Someone with the role ${by(roles)} has to decide.`,
      rule,
      roles,
    }),
  alreadyApproved: () =>
    new Refusal('alreadyApproved', {
      why: 'You have already agreed to this request.',
      next: 'It waits for someone else now.',
    }),
  notPending: (id: string, status: string) =>
    new Refusal('notPending', {
      why: `${id} is already ${status}.`,
      next: 'Nothing was changed. The message shows how it ended.',
    }),
  someoneElseJustDecided: (id: string) =>
    new Refusal('someoneElseJustDecided', {
      why: `Someone else just moved ${id}.`,
      next: 'Look at its message once more and decide again if it still waits.',
    }),
  changedMeanwhile: (id: string) =>
    new Refusal('changedMeanwhile', {
      why: `What ${id} would do has changed since this message was drawn.`,
      next: 'Its message shows the new effect. Please read it and decide again.',
    }),
  notYours: () =>
    new Refusal('notYours', {
      why: 'Only the person who asked can withdraw a request.',
      next: 'An approver can deny it instead.',
    }),
  requesterGone: (id: string) =>
    new Refusal('requesterGone', {
      why: `The person who asked for ${id} may no longer ask for it.`,
      next: 'Deny it, or ask someone else to make the request.',
    }),
  unknownRequest: (id: string) =>
    new Refusal('unknownRequest', {
      why: `There is no request ${id}.`,
      next: 'Type `/handle requests` to see yours.',
    }),
  unknownService: (name: string) =>
    new Refusal('unknownService', {
      why: `No handle service is called “${name}”.`,
      next: 'Type `/handle services` to see all of them.',
      field: 'service',
    }),
  /** Nothing is known of any service, which is not to say that there is none. */
  servicesUnread: (unread: { readonly why: string; readonly next: string }) =>
    new Refusal('servicesUnread', {
      why: `The handle services could not be read yet. ${unread.why}`,
      next: unread.next,
      field: 'service',
    }),
  ambiguousService: (name: string) =>
    new Refusal('ambiguousService', {
      why: `More than one handle service fits “${name}”; names need not be unique in Onezone.`,
      next: 'Name it by its id: `/handle services` and the form show the ids.',
      field: 'service',
    }),
  serviceGone: (name: string) =>
    new Refusal('serviceGone', {
      why: `The handle service “${name}” no longer exists in Onezone.`,
      next: 'Type `/handle services` to see those that do.',
      field: 'service',
    }),
  notLinked: (person: string) =>
    new Refusal('notLinked', {
      why: `${person} is not linked to a Onezone user, and no e-mail address in Onezone matches.`,
      next: `Someone who may link can type \`/handle link\` ${person}.`,
      field: 'people',
    }),
  unconfirmedEmail: (person: string) =>
    new Refusal('unconfirmedEmail', {
      why: `${person} is not linked to a Onezone user, and has not confirmed the e-mail address in Slack, so it says nothing.`,
      next: `${person} can confirm the address in Slack or type \`/handle link me\`; someone who may link can type \`/handle link\` ${person}.`,
      field: 'people',
    }),
  ambiguousPerson: (person: string) =>
    new Refusal('ambiguousPerson', {
      why: `More than one Onezone user has the e-mail address of ${person}.`,
      next: `Someone who may link can choose the right one with \`/handle link\` ${person}.`,
      field: 'people',
    }),
  onlyProposed: (person: string) =>
    new Refusal('onlyProposed', {
      why: `${person} matches a Onezone user only by e-mail, and nobody would confirm it because this request needs no agreement.`,
      next: `Someone who may link can confirm it with \`/handle link\` ${person}.`,
      field: 'people',
    }),
  blockedPerson: (person: string) =>
    new Refusal('blockedPerson', {
      why: `The Onezone user of ${person} is blocked by the zone's administrator.`,
      next: 'A zone administrator can unblock it; then ask again.',
      field: 'people',
    }),
  userGone: (person: string) =>
    new Refusal('userGone', {
      why: `The Onezone user that ${person} is linked to no longer exists.`,
      next: `Someone who may link can renew it with \`/handle link\` ${person}.`,
      field: 'people',
    }),
  linkTaken: (other: string) =>
    new Refusal('linkTaken', {
      why: `That Onezone user is already linked to ${other}.`,
      next: `One Onezone user belongs to one Slack user. If that link is wrong, type \`/handle unlink\` ${other} first.`,
    }),
  ownLink: () =>
    new Refusal('ownLink', {
      why: 'Nobody says of themselves which Onezone user they are: access that you agree to could land on it.',
      next: 'Prove it with `/handle link me`, or ask someone else who may link.',
      field: 'slack',
    }),
  noOnezoneUser: () =>
    new Refusal('noOnezoneUser', {
      why: 'No Onezone user was chosen.',
      next: 'Search for a name, user name, e-mail address or id.',
      field: 'onezone',
    }),
  linkToBot: (person: string) =>
    new Refusal('linkToBot', {
      why: `${person} is a bot, and bots are nobody in Onezone.`,
      next: 'Choose a person.',
      field: 'slack',
    }),
  linkToDeactivated: (person: string) =>
    new Refusal('linkToDeactivated', {
      why: `The Slack account of ${person} is deactivated.`,
      next: 'A workspace administrator can reactivate it first.',
      field: 'slack',
    }),
  linkToStranger: (person: string) =>
    new Refusal('linkToStranger', {
      why: `${person} belongs to another workspace; this desk serves only its own.`,
      next: 'Choose a person of this workspace.',
      field: 'slack',
    }),
  linkToNobody: () =>
    new Refusal('linkToNobody', {
      why: 'Slack knows nobody of this id.',
      next: 'Choose a person of this workspace.',
      field: 'slack',
    }),
  alreadyLinked: (person: string) =>
    new Refusal('alreadyLinked', {
      why: `${person} is already linked to this Onezone user.`,
      next: 'Nothing was changed.',
      field: 'slack',
    }),
  nothingToUnlink: (person: string) =>
    new Refusal('nothingToUnlink', {
      why: `${person} is not linked to a Onezone user.`,
      next: 'Nothing was changed.',
      field: 'slack',
    }),
  linkMoved: (person: string) =>
    new Refusal('linkMoved', {
      why: `The link of ${person} was changed by somebody else meanwhile.`,
      next: 'Look who they are by now, and ask again if it is still wrong.',
      field: 'slack',
    }),
  linkNeedsSecond: (why: string) =>
    new Refusal('linkNeedsSecond', {
      why: `${why} Such a link needs a second person, and nobody was asked to agree.`,
      next: 'Ask again with `/handle link`: it then goes to those who may agree.',
      field: 'onezone',
    }),
  notYourLink: () =>
    new Refusal('notYourLink', {
      why: 'Only the person who was linked can say that it is not them.',
      next: 'Someone who may link can take it away with `/handle unlink`.',
    }),
  notProof: (why: string, next: string) => new Refusal('notProof', { why, next, field: 'token' }),
  notAPerson: (person: string) =>
    new Refusal('notAPerson', {
      why: `${person} is a bot, a stranger or a deactivated account and cannot get access.`,
      next: 'Choose active people of this workspace.',
      field: 'people',
    }),
  noAccess: (person: string, service: string) =>
    new Refusal('noAccess', {
      why: `${person} has no access to “${service}” through this desk.`,
      next: 'What others gave only a zone administrator can take away; `/handle show` names those whom the desk let in.',
      field: 'people',
    }),
  nothingOfYours: () =>
    new Refusal('nothingOfYours', {
      why: 'You have no access through this desk.',
      next: 'Type `/handle request` to ask for it.',
    }),
  nothingToExtend: () =>
    new Refusal('nothingToExtend', {
      why: 'There is no access with an end that could be extended: it is over, has no end, or was taken away in Onezone.',
      next: 'Type `/handle mine` to see what there is, or `/handle request` to ask anew.',
      field: 'access',
    }),
  notLonger: () =>
    new Refusal('notLonger', {
      why: 'That is not later than the end it has already.',
      next: 'Choose a later day.',
      field: 'until',
    }),
  nothingToRestore: (service: string) =>
    new Refusal('nothingToRestore', {
      why: `These people have nothing on “${service}” that the desk gave and that has not ended.`,
      next: 'Type `/handle show` to see who has what.',
      field: 'people',
    }),
  /** Everything that is wrong with a form, at once. */
  badForm: (fields: Readonly<Record<string, string>>) =>
    new Refusal('badForm', {
      why: Object.values(fields).join(' '),
      next: 'Correct it in the form; what you typed is still there.',
      fields,
    }),
  badValue: (field: string, why: string, next: string) =>
    new Refusal('badValue', { why, next, field }),
  nobodyNamed: () =>
    new Refusal('nobodyNamed', {
      why: 'You named nobody.',
      next: 'Name a person with @, such as `/handle link @lena`.',
      field: 'slack',
    }),
  noAccounts: () =>
    new Refusal('noAccounts', {
      why: 'The policy file names no registrar account, so there is nothing to register with.',
      next: 'An operator has to add one under `accounts:`.',
      rule: 'accounts',
    }),
  identityChanged: (person: string) =>
    new Refusal('identityChanged', {
      why: `${person} is by now linked to another Onezone user than the one that was asked for.`,
      next: 'Ask again: whoever agrees has to see who gets access.',
      field: 'people',
    }),
  notConfirmed: (name: string) =>
    new Refusal('notConfirmed', {
      why: `Onezone was asked three times to register “${name}” and never said what became of it.`,
      next: 'Have an administrator of the zone look for a service of that name before you ask again.',
    }),
  tooLate: (id: string) =>
    new Refusal('tooLate', {
      why: `The last day that ${id} asked for is over, so there is nothing left to give.`,
      next: 'Ask again with a later day.',
    }),
  accountMissing: (account: string) =>
    new Refusal('accountMissing', {
      why: `The registrar account “${account}” is not in the policy file, or its user name or password cannot be read.`,
      next: 'An operator has to provide it under `accounts:`.',
      field: 'account',
    }),
} as const;
