import type { z } from 'zod';
import type { Fence } from '../fence.js';
import type { Claim } from '../access/access.js';
import type { Markup } from '../markup/markup.js';
import type { OpenValues } from '../markup/open-button.js';
import type { Button, Document, Part } from '../markup/parts.js';
import type { Actor } from '../requests/person.js';
import type { Action } from '../requests/policy.js';
import type { Request, ServiceRef, Subject } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Facts } from './facts.js';
import type { Form, Problems } from './form.js';
import { parseAsk, problemsOf } from './parse-ask.js';
import type { Phrases } from '../words/intent.js';

type Own = Record<string, unknown>;

/** A request whose own parts were read by the schemas of its change. */
export type RequestOf<Ask extends Own, Body extends Own> = Omit<Request, 'ask' | 'body'> & {
  ask: Ask;
  body: Body;
};

/** How a change is reached. Help, completion, forms, Home, the README's table and the manifest's hint are printed from this. */
export interface Door {
  /** As typed after `/handle`; the first is the one that help shows. */
  readonly words: readonly [string, ...string[]];
  readonly usage: string;
  readonly summary: string;
  /** How it is asked for in a sentence. Absent: by `words`. */
  readonly spoken?: Phrases;
  /** A slash command of its own. */
  readonly command?: `/handle-${string}`;
  /** Callback id of a global shortcut. */
  readonly shortcut?: string;
  /** Callback id of a shortcut on messages, which fills in their author as `people`. */
  readonly messageShortcut?: string;
  /** Buttons that open the form, half filled; `says` is for screen readers. Absent: not offered there. */
  readonly offers: {
    /** In App Home, about nothing in particular. */
    readonly home?: Offer;
    /** Beside a service: fills in `service`. */
    readonly service?: Offer;
    /** Beside one's own access to a service. */
    readonly access?: ClaimOffer;
    /** Beside somebody who has access, for others. */
    readonly member?: ClaimOffer;
  };
}

export interface Offer {
  readonly text: string;
  readonly says: (about: string) => string;
  readonly style?: 'primary' | 'danger';
}

/** Somebody's part of an access, beside which a change offers itself. */
export interface ClaimShown {
  readonly service: ServiceRef;
  readonly claim: Claim;
}

export interface ClaimOffer extends Offer {
  /** What the form starts with. Null: not offered for this one. */
  readonly values: (shown: ClaimShown) => OpenValues | null;
}

export interface Proposal<Body extends Own> {
  /** The ask as it is stored: tidied, its own schema takes it again. */
  readonly service: Request['service'];
  /** Everyone who gains or loses by it: they never decide. Required, so that it cannot be forgotten. */
  readonly subjects: readonly Subject[];
  readonly body: Body;
  /** Why somebody else has to agree whatever the policy says, as a sentence. */
  readonly second?: string | null;
}

/** What a job gives to the change that it runs. */
export interface Run {
  readonly fence: Fence;
}

/** What approving would do, in full. `facts` are name and value, `lines` one a person or point. */
export interface Effect {
  readonly facts: readonly (readonly [string, Markup])[];
  readonly lines: readonly Markup[];
}

/** What the requester is told when it is done. */
export interface Done {
  readonly headline: Markup;
  /** Drawn below it. */
  readonly parts: readonly Part[];
  readonly buttons: readonly Button[];
}

/** Everything that is said about requests of this change. Plain sentences as markup; the frames around them are the same for all. */
export interface Words<R> {
  /** As something to agree to: `let @lena use *DataCite* for 90 days`. */
  readonly wish: (request: R) => Markup;
  /** The same where it is about nobody but the requester: `use *DataCite* for 90 days`. */
  readonly ownWish?: (request: R) => Markup;
  /** What an approver sees in the message: for whom, and what changes. A line a person, without names of privileges. */
  readonly brief: (request: R, facts: Facts) => readonly Markup[];
  /** The same to the last detail, in *Review…*. */
  readonly effect: (request: R, facts: Facts) => Effect;
  /** What an approver has to know before agreeing; the worst first. */
  readonly warnings: (request: R) => readonly Markup[];
  readonly underWay: (request: R) => Markup;
  /** What is so now that it is done, in a sentence for everybody: `<@U2> can use *DataCite* until …`. */
  readonly after: (request: R) => Markup;
  /** What else approvers and operators should see of what came of it: failures, and what is left. */
  readonly notable: (request: R) => readonly Markup[];
  /** What was read back, to the last detail. */
  readonly result: (request: R) => readonly Markup[];
  readonly done: (request: R, facts: Facts) => Done;
  /** To somebody whom it is about, once their part is done. Null: they are not told by it. */
  readonly toSubject: (request: R, subject: Subject, facts: Facts) => Document | null;
  /** For the team channel. Null: not announced. */
  readonly announcement: (request: R) => Document | null;
  /** To the person, or to the requester about them (`isOwn` false), before and at the end of what was given. */
  readonly ending?: {
    readonly warning: (request: R, subject: Subject) => Document | null;
    readonly ended: (request: R, subject: Subject, isOwn: boolean) => Document | null;
  };
  /** The command with which the same can be asked for again. */
  readonly again: string;
}

export interface ChangeSpec<Ask extends Own, Body extends Own> {
  readonly name: string;
  /** The action of the policy that decides about it; null: for what is one's own, open to everybody. */
  readonly action: Action | null;
  readonly door: Door;
  readonly ask: z.ZodType<Ask>;
  readonly body: z.ZodType<Body>;
  /** The last field of the form. Its words go to the approvers. Null: it is not asked why. */
  readonly reason: {
    readonly hint: string;
    readonly placeholder: string;
    readonly optional: boolean;
  } | null;
  readonly form: Form;
  /** Requests of one lane are carried out one after the other. */
  readonly lane: string | null;
  /** What can be said against it from policy and store alone. */
  readonly check: (services: Services, ask: Ask, by: Actor) => Promise<Problems>;
  /** Throws refusals. Touches neither the zone nor Slack's messages. */
  readonly propose: (services: Services, ask: Ask, by: Actor) => Promise<Proposal<Body>>;
  /** What was asked, for the record. */
  readonly asked: (request: RequestOf<Ask, Body>) => Readonly<Record<string, unknown>>;
  /** The request with what the zone says now. Changes nothing there. Throws refusals for what can never be carried out, and the client's errors. */
  readonly preview: (
    services: Services,
    request: RequestOf<Ask, Body>,
  ) => Promise<RequestOf<Ask, Body>>;
  /** What an approval is good for, as JSON: with other facts it has to be given again. */
  readonly effect: (request: RequestOf<Ask, Body>) => unknown;
  /**
   * Moves the request on: begins, makes it so in the zone and reads it back, or follows what became of it. Called again until it is
   * settled, and after that whenever one of its accesses has moved. May be cut off anywhere.
   */
  readonly carryOut: (services: Services, request: RequestOf<Ask, Body>, run: Run) => Promise<void>;
  readonly words: Words<RequestOf<Ask, Body>>;
}

/** A change as everybody else sees it: requests go in as they are stored, and its schemas read what is its own. */
export interface Change extends Omit<
  ChangeSpec<Own, Own>,
  'ask' | 'body' | 'check' | 'propose' | 'asked' | 'preview' | 'effect' | 'carryOut' | 'words'
> {
  /** What is wrong with what was typed, by part of the ask. */
  readonly check: (services: Services, values: unknown, by: Actor) => Promise<Problems>;
  /** Throws `refusals.badForm` with everything that is wrong. */
  readonly propose: (
    services: Services,
    values: unknown,
    by: Actor,
  ) => Promise<Proposal<Own> & { readonly ask: Own }>;
  readonly asked: (request: Request) => Readonly<Record<string, unknown>>;
  readonly preview: (services: Services, request: Request) => Promise<Request>;
  readonly effect: (request: Request) => unknown;
  readonly carryOut: (services: Services, request: Request, run: Run) => Promise<void>;
  readonly words: Words<Request>;
}

/** Closes over the types of ask and body, so that the table holds changes of every kind without a cast. */
export function defineChange<Ask extends Own, Body extends Own>(
  spec: ChangeSpec<Ask, Body>,
): Change {
  const read = readerOf(spec);
  const { words } = spec;
  const { ownWish, ending } = words;
  return {
    name: spec.name,
    action: spec.action,
    door: spec.door,
    reason: spec.reason,
    form: spec.form,
    lane: spec.lane,
    check: async (services, values, by) => {
      const parsed = problemsOf(spec.ask, values);
      return 'problems' in parsed ? parsed.problems : spec.check(services, parsed.ask, by);
    },
    propose: async (services, values, by) => {
      const ask = parseAsk(spec.ask, values);
      return { ask, ...(await spec.propose(services, ask, by)) };
    },
    asked: (request) => spec.asked(read(request)),
    preview: (services, request) => spec.preview(services, read(request)),
    effect: (request) => spec.effect(read(request)),
    carryOut: (services, request, run) => spec.carryOut(services, read(request), run),
    words: {
      wish: (request) => words.wish(read(request)),
      ...(ownWish === undefined ? {} : { ownWish: (request) => ownWish(read(request)) }),
      brief: (request, facts) => words.brief(read(request), facts),
      effect: (request, facts) => words.effect(read(request), facts),
      warnings: (request) => words.warnings(read(request)),
      underWay: (request) => words.underWay(read(request)),
      after: (request) => words.after(read(request)),
      notable: (request) => words.notable(read(request)),
      result: (request) => words.result(read(request)),
      done: (request, facts) => words.done(read(request), facts),
      toSubject: (request, subject, facts) => words.toSubject(read(request), subject, facts),
      announcement: (request) => words.announcement(read(request)),
      ...(ending === undefined
        ? {}
        : {
            ending: {
              warning: (request, subject) => ending.warning(read(request), subject),
              ended: (request, subject, isOwn) => ending.ended(read(request), subject, isOwn),
            },
          }),
      again: words.again,
    },
  };
}

/** Each request is read once, however often it is asked about. */
function readerOf<Ask extends Own, Body extends Own>({
  ask,
  body,
}: Pick<ChangeSpec<Ask, Body>, 'ask' | 'body'>): (request: Request) => RequestOf<Ask, Body> {
  const known = new WeakMap<Request, RequestOf<Ask, Body>>();
  return (request) => {
    const seen = known.get(request);
    if (seen !== undefined) return seen;
    const read = { ...request, ask: ask.parse(request.ask), body: body.parse(request.body) };
    known.set(request, read);
    return read;
  };
}
