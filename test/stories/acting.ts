import type { ZoneHandleService } from '../../src/sandbox/onezone/state.js';
import type { SlackMessage } from '../../src/sandbox/slack/server.js';
import type { Request, RequestId } from '../../src/requests/request.js';
import { answerTo, decides, formAfter, lastRequest, opens, sends, submits } from './acts.js';
import { CHANNELS, type Desk, type Name, PEOPLE } from './desk.js';
import { reads } from './reading.js';
import { screen, wordsOf } from './screen.js';

/** What somebody asks for. What is left out is as the form has it: oneself, the first level, the first duration. */
export interface Wish {
  readonly service?: string;
  readonly people?: readonly Name[];
  /** People whom only this story knows, by Slack id. */
  readonly others?: readonly string[];
  readonly level?: 'use' | 'maintain' | 'own';
  readonly duration?: string;
  readonly reason?: string;
}

/** From the command over the form to the stored request, and all that follows by itself. */
export async function asks(desk: Desk, who: Name, wish: Wish = {}): Promise<RequestId> {
  const id = await onlyAsks(desk, who, wish);
  await desk.works();
  return id;
}

/** As `asks`, but what follows is not waited for. */
export async function onlyAsks(desk: Desk, who: Name, wish: Wish = {}): Promise<RequestId> {
  const said = await fillsIn(desk, who, wish);
  if (said !== 'said') throw new Error('The form was not taken.');
  desk
    .as(who)
    .closes({ all: true })
    .catch(() => undefined);
  return (await lastRequest(desk)).id;
}

/** Sends the form; gives back which view stands there afterwards. */
async function fillsIn(desk: Desk, who: Name, wish: Wish): Promise<string> {
  const { service = 'DataCite', people, others = [], level, duration, reason } = wish;
  await opens(desk, who, `/handle request ${service}`);
  const named = [...(people ?? []).map((it) => PEOPLE[it]), ...others];
  const view = await sends(desk, who, {
    ...(named.length === 0 ? {} : { people: named }),
    ...(level === undefined ? {} : { level }),
    ...(duration === undefined ? {} : { duration }),
    reason: reason ?? 'Survey data for my thesis',
  });
  return view.callback_id;
}

/** Types a command, fills its form in and sends it; gives back the request that was stored, and all that follows is done. */
export async function changes(
  desk: Desk,
  who: Name,
  command: string,
  fields: Parameters<typeof sends>[2] = {},
): Promise<RequestId> {
  await opens(desk, who, command);
  const view = await sends(desk, who, fields);
  if (view.callback_id !== 'said') throw new Error(`Not taken: ${screen(view).join(' | ')}`);
  await desk.as(who).closes({ all: true });
  const { id } = await lastRequest(desk);
  await desk.works();
  return id;
}

/** An earlier confirmation by an administrator: this Slack user is that Onezone user. */
export async function linked(desk: Desk, ...names: readonly Name[]): Promise<void> {
  for (const name of names) {
    const onezone = desk.onezoneIds[name];
    const { people } = desk.bot.services;
    await people.link({ slack: PEOPLE[name], onezone, by: PEOPLE.ada, how: 'by approval' });
  }
}

/** The same, taken back. */
export async function unlinked(desk: Desk, name: Name): Promise<void> {
  const { people, store } = desk.bot.services;
  const wanted = { slack: PEOPLE[name], by: PEOPLE.ada, how: 'by hand' } as const;
  const prepared = await people.prepareUnlink(wanted);
  if (prepared !== null) await store.links.remove(prepared.unlink, prepared.entry);
}

/** The message of a request that is edited through its life: in a channel, or in a direct message. */
export function approvalOf(desk: Desk, id: RequestId, to: string = CHANNELS.desk): SlackMessage {
  const key = `notify:${id}:approval:${to}`;
  const found = messagesTo(desk, to).find((it) => it.metadata?.event_payload['key'] === key);
  if (found === undefined) throw new Error(`There is no approval message of ${id} in ${to}.`);
  return found;
}

const messagesTo = (desk: Desk, to: string): readonly SlackMessage[] =>
  /^[UW]/.test(to) ? desk.slack.directMessages(to) : desk.slack.messages(to);

/** Presses *Approve* and waits until the message has taken note of it, and all that follows is done. */
export async function approves(
  desk: Desk,
  who: Name,
  id: RequestId,
  to: string = CHANNELS.desk,
): Promise<void> {
  const before = approvalOf(desk, id, to);
  await desk.as(who).clicks(before, 'request_approve');
  const isRedrawn = (): boolean => wordsOf(approvalOf(desk, id, to)) !== wordsOf(before);
  await desk.slack.until(isRedrawn, 'a redrawn message');
  await desk.works();
}

/** Presses a button and is told something that only they see. */
async function isTold(
  desk: Desk,
  who: Name,
  press: { readonly on: SlackMessage; readonly action: string },
): Promise<string> {
  const answer = await answerTo(desk, who, () => desk.as(who).clicks(press.on, press.action));
  return reads(desk, wordsOf(answer));
}

/** Presses *Approve* and is told why not. */
export function isRefused(desk: Desk, who: Name, id: RequestId): Promise<string> {
  return isTold(desk, who, { on: approvalOf(desk, id), action: 'request_approve' });
}

/** *Deny*, with the reason that its form asks for. */
export async function denies(desk: Desk, who: Name, id: RequestId, reason: string): Promise<void> {
  await desk.as(who).clicks(approvalOf(desk, id), 'request_deny');
  await desk.slack.until(
    () => desk.as(who).modal?.callback_id === 'request_deny_reason',
    'the form',
  );
  await decides(desk, who, { comment: reason });
}

/** The request as it is stored now. */
export async function stored(desk: Desk, id: RequestId): Promise<Request> {
  const request = await desk.bot.services.store.requests.load(id);
  if (request === null) throw new Error(`${id} is not in the store.`);
  return request;
}

export async function statusOf(desk: Desk, id: RequestId): Promise<string> {
  return (await stored(desk, id)).status;
}

/** More people, each with a Onezone user of the same address; the bot has read of them. */
export async function newcomers(desk: Desk, count: number): Promise<readonly Newcomer[]> {
  const all = Array.from({ length: count }, (_, at): Newcomer => {
    const name = `p${String(at + 1).padStart(2, '0')}`;
    const email = `${name}@example.org`;
    const { id } = desk.slack.addUser({ id: `U0${name.toUpperCase()}`, name, email });
    const { userId } = desk.zone.addUser({ username: name, emails: [email] });
    return { slack: id, onezone: userId };
  });
  await desk.passes(11 * 60_000);
  return all;
}

export interface Newcomer {
  readonly slack: string;
  readonly onezone: string;
}

/** Once, just after Onezone has dealt with such a call and before anybody has its answer. */
export function meanwhile(
  desk: Desk,
  call: { readonly method: string; readonly path: RegExp },
  act: () => void,
): void {
  const off = desk.zone.on(() => {
    const last = desk.zone.log.at(-1);
    if (last?.method !== call.method || !call.path.test(last.path)) return;
    off();
    act();
  });
}

/** Somebody with a browser changes who is a member, behind the desk's back. Null: no longer a member. */
export function becomes(desk: Desk, who: Name, privileges: readonly string[] | null): void {
  const { users } = serviceOf(desk);
  if (privileges === null) Reflect.deleteProperty(users, desk.onezoneIds[who]);
  else users[desk.onezoneIds[who]] = [...privileges];
}

export function serviceOf(desk: Desk, id: string = desk.datacite): ZoneHandleService {
  const service = desk.zone.state.handleServices[id];
  if (service === undefined) throw new Error(`There is no service ${id}.`);
  return service;
}

export const deletesUser = (desk: Desk, who: Name): void => {
  Reflect.deleteProperty(desk.zone.state.users, desk.onezoneIds[who]);
};

export const deletesService = (desk: Desk): void => {
  Reflect.deleteProperty(desk.zone.state.handleServices, desk.datacite);
};

/** Opens *Review…* and decides there. Gives back what stands in the modal afterwards: nothing where it closed. */
export async function reviews(
  desk: Desk,
  who: Name,
  id: RequestId,
  decision: { readonly verdict: 'approve' | 'deny'; readonly comment?: string },
): Promise<readonly string[]> {
  await opensReview(desk, who, id);
  const { outcome, why } = await submits(desk, who, decision);
  if (outcome !== 'ok') throw new Error(`${outcome}: ${why ?? ''}`);
  await desk.slack.until(() => desk.as(who).modal?.callback_id !== 'working', 'an answer');
  await desk.works();
  const { modal } = desk.as(who);
  return modal === null ? [] : screen(modal).map((it) => reads(desk, it));
}

export async function opensReview(
  desk: Desk,
  who: Name,
  id: RequestId,
): Promise<readonly string[]> {
  const view = await formAfter(desk, who, () =>
    desk.as(who).clicks(approvalOf(desk, id), 'request_review'),
  );
  return screen(view).map((it) => reads(desk, it));
}

/** What a person of any kind is told who presses *Approve* on this message, which may be an old one. */
export async function presses(desk: Desk, slack: string, on: SlackMessage): Promise<string> {
  const before = desk.slack.ephemerals(slack).length;
  await desk.slack.as(slack).clicks(on, 'request_approve');
  return answerAfter(desk, slack, before);
}

/** The answer after so many, as soon as it is there. */
export async function answerAfter(desk: Desk, slack: string, before: number): Promise<string> {
  await desk.slack.until(() => desk.slack.ephemerals(slack).length > before, 'an answer');
  return reads(desk, wordsOf(desk.slack.ephemerals(slack).at(-1) ?? { blocks: [] }));
}

/** Another service, of which the bot has heard. */
export async function addsService(desk: Desk, name: string): Promise<string> {
  const { handleServiceId } = desk.zone.addHandleService({ name, users: desk.account.memberships });
  await desk.passes(6 * 60_000);
  return handleServiceId;
}
