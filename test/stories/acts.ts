import { z } from 'zod';
import type { Choice, SlackMessage, Submission } from '../../src/sandbox/slack/server.js';
import type { StateValue, View } from '../../src/sandbox/slack/state.js';
import type { Entry } from '../../src/requests/step.js';
import type { Request } from '../../src/requests/request.js';
import { CHANNELS, type Desk, type Name, PEOPLE } from './desk.js';
import { undated, wordsOf } from './screen.js';

type Fields = Readonly<Record<string, Choice>>;

/** Types a command and gets an answer that only this person sees. */
export async function answered(desk: Desk, name: Name, line: string): Promise<SlackMessage> {
  return answerTo(desk, name, () => desk.as(name).types(line, { channel: CHANNELS.team }));
}

/** Does something and gets an answer that only this person sees. */
export async function answerTo(
  desk: Desk,
  name: Name,
  act: () => Promise<unknown>,
): Promise<SlackMessage> {
  const before = desk.slack.ephemerals(PEOPLE[name]).length;
  await act();
  await desk.slack.until(
    () => desk.slack.ephemerals(PEOPLE[name]).length > before,
    `an answer to ${name}`,
  );
  const answer = desk.slack.ephemerals(PEOPLE[name]).at(-1);
  if (answer === undefined) throw new Error('There was an answer a moment ago.');
  return answer;
}

/** The same, when only the words matter. */
export async function told(desk: Desk, name: Name, line: string): Promise<string> {
  return undated(wordsOf(await answered(desk, name, line)));
}

/** Types a command and gets a form. */
export async function opens(desk: Desk, name: Name, line: string): Promise<View> {
  return formAfter(desk, name, () => desk.as(name).types(line, { channel: CHANNELS.team }));
}

/** Does something that opens a form. */
export async function formAfter(
  desk: Desk,
  name: Name,
  act: () => Promise<unknown>,
): Promise<View> {
  const before = desk.as(name).modal?.id;
  await act();
  await desk.slack.until(() => ![before, undefined].includes(desk.as(name).modal?.id), 'the form');
  return onTop(desk, name);
}

/** Sends the form on top. Gets what stands there afterwards: the form with errors, drawn again, or how it went. */
export async function sends(desk: Desk, name: Name, fields: Fields = {}): Promise<View> {
  const { outcome, why } = await submits(desk, name, fields);
  if (!['ok', 'not_delivered'].includes(outcome)) throw new Error(`${outcome}: ${why ?? ''}`);
  await desk.slack.until(() => desk.as(name).modal?.callback_id !== 'working', 'an answer');
  return onTop(desk, name);
}

/** Sends a decision, after which there is nothing left to read: the form closes. */
export async function decides(desk: Desk, name: Name, fields: Fields = {}): Promise<void> {
  const { outcome, why } = await submits(desk, name, fields);
  if (outcome !== 'ok') throw new Error(`${outcome}: ${why ?? ''}`);
  if (desk.as(name).modal !== null) throw new Error('The form did not close.');
  await desk.works();
}

/** Sends the form on top, and does not wait for what comes of it. */
export async function submits(desk: Desk, name: Name, fields: Fields = {}): Promise<Submission> {
  return desk.as(name).submits(fields);
}

export function onTop(desk: Desk, name: Name): View {
  const view = desk.as(name).modal;
  if (view === null) throw new Error(`${name} has no form open.`);
  return view;
}

/** The request that was asked for last. */
export async function lastRequest(desk: Desk): Promise<Request> {
  const asked = (await desk.audit()).findLast((it) => it.what === 'asked');
  const request =
    asked?.request == null ? null : await desk.bot.services.store.requests.load(asked.request);
  if (request === null) throw new Error('Nobody has asked for anything.');
  return request;
}

/** Audit lines about refusals, as `who wanted: why (rule)`. */
export async function refusalsOnRecord(desk: Desk): Promise<readonly string[]> {
  return (await desk.audit())
    .filter((it) => it.what === 'refused')
    .map(({ who, detail }) => {
      const { wanted, code, why, rule } = detail;
      return `${who} ${String(wanted)}: ${String(code)}: ${String(why)} (${String(rule)})`;
    });
}

/** The audit without what differs from run to run: sequence, hashes and times. */
export async function recorded(desk: Desk): Promise<readonly Omit<Entry, 'at'>[]> {
  return (await desk.audit()).map(({ who, what, request, service, people, detail }) => ({
    who,
    what,
    request,
    service,
    people,
    detail,
  }));
}

/** What stands in the fields of a form, by block. */
export function typed(view: View): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(view.values).map(([block, byAction]) => [
      block,
      Object.values(byAction).map(plainValue)[0],
    ]),
  );
}

/** A message of a channel says this, by now or soon. */
export async function inThe(desk: Desk, channel: string, words: string): Promise<void> {
  await desk.slack.until(() => desk.texts(channel).some((it) => it.includes(words)), words);
  await desk.works();
}

const Chosen = z.object({ value: z.string() });

function plainValue(state: StateValue): unknown {
  const [, value] = Object.entries(state).find(([key]) => key !== 'type') ?? [];
  const option = Chosen.safeParse(value);
  if (option.success) return option.data.value;
  const options = z.array(Chosen).safeParse(value);
  return options.success ? options.data.map((it) => it.value) : value;
}
