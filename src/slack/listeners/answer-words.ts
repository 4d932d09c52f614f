import type { Change } from '../../changes/change.js';
import type { TypedWords } from '../../changes/form.js';
import { knownServices } from '../../changes/from-words.js';
import type { Document } from '../../markup/parts.js';
import { mustBeMember, mustMay } from '../../operations/authorize.js';
import type { Command } from '../../queries/command.js';
import { deskCommands } from '../../queries/desk-commands.js';
import { homeButtons, offered, serviceButtons } from '../../queries/doors.js';
import { queries } from '../../queries/index.js';
import type { Query } from '../../queries/query.js';
import { showButton } from '../../queries/service-line.js';
import type { Actor } from '../../requests/person.js';
import type { Services } from '../../services.js';
import { isGreeting, type Wish, wantedIn } from '../../words/intent.js';
import type { NamedService } from '../../words/service.js';
import { type Spoken, understand } from '../../words/understand.js';
import {
  greetingAnswer,
  halfFilledAnswer,
  notUnderstoodAnswer,
  typeItAnswer,
  whatWithAnswer,
  withUnknown,
} from '../surfaces/words-answers.js';
import { runQuery } from './answer-query.js';

type Meaning =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'query'; readonly query: Query }
  /** To be typed: it changes something and has no form. */
  | { readonly kind: 'command'; readonly command: Command & { readonly word: string } };

/** What was said, answered: by what was asked for, or by the button of a form that is half filled. Throws refusals. */
export async function answerWords(
  services: Services,
  by: string,
  typed: TypedWords,
): Promise<Document> {
  const actor = await mustBeMember(services, by, 'conversation');
  const known = await knownServices(services);
  const { meaning, rest } = wantedIn(typed.rest, wishesOf(services), known);
  const spoken = understand(rest, { services: known, now: services.now() });
  const words = { people: typed.people, rest };
  switch (meaning?.kind) {
    case 'change':
      return formAnswer(services, actor, { change: meaning.change, words });
    case 'query':
      return queryAnswer(services, actor, { query: meaning.query, spoken, people: typed.people });
    case 'command':
      await mustMay(services, by, { action: meaning.command.needs, what: meaning.command.word });
      return typeItAnswer(meaning.command.usage);
    case undefined:
      return withoutWish(services, actor, { words, spoken });
  }
}

function wishesOf({ changes }: Services): readonly Wish<Meaning>[] {
  return [
    ...changes.all.map((change) => ({
      meaning: { kind: 'change' as const, change },
      phrases: change.door.spoken ?? { plainly: change.door.words },
    })),
    ...queries.all.map((query) => ({
      meaning: { kind: 'query' as const, query },
      phrases: query.spoken ?? { plainly: [query.word] },
    })),
    ...deskCommands.map((command) => ({
      meaning: { kind: 'command' as const, command },
      phrases: { plainly: [command.word] },
    })),
  ];
}

interface ForForm {
  readonly change: Change;
  readonly words: TypedWords;
}

async function formAnswer(
  services: Services,
  { id }: Actor,
  { change, words }: ForForm,
): Promise<Document> {
  const { action, name, form } = change;
  const by = await mustMay(services, id, { action, what: action ?? name });
  const prefill = await form.fromWords(services, words, by);
  // Throws the refusal of who would find nothing in it.
  await form.fields(services, { by, values: prefill.values });
  return halfFilledAnswer(change, prefill);
}

async function queryAnswer(
  services: Services,
  { id: by }: Actor,
  {
    query,
    spoken,
    people,
  }: { readonly query: Query; readonly spoken: Spoken; readonly people: readonly string[] },
): Promise<Document> {
  const { service } = spoken;
  const unknown = [...spoken.unknown, ...uselessIn(spoken)];
  if (query.aboutService !== true) {
    const document = await runQuery(services, query, { by, text: { people: [], rest: '' } });
    const more = service === null ? unknown : [...unknown, typedOf(service)];
    return withUnknown(document, more, people);
  }
  const isUnknown = service === null;
  const rest = isUnknown ? spoken.unknown.join(' ') : idOrTyped(service);
  const document = await runQuery(services, query, { by, text: { people: [], rest } });
  return withUnknown(document, isUnknown ? uselessIn(spoken) : unknown, people);
}

/** What a form could hold, and a question cannot. */
const uselessIn = ({ until, level, reason }: Spoken): readonly string[] => [
  ...(until === null ? [] : [until.typed]),
  ...(level === null ? [] : [level.typed]),
  ...(reason === '' ? [] : [reason]),
];

const typedOf = (found: NonNullable<Spoken['service']>): string =>
  found.kind === 'several' ? found.typed : (found.takenFrom ?? found.service.name);

const idOrTyped = (found: NonNullable<Spoken['service']>): string =>
  found.kind === 'several' ? found.typed : found.service.id;

async function withoutWish(
  services: Services,
  actor: Actor,
  { words, spoken }: { readonly words: TypedWords; readonly spoken: Spoken },
): Promise<Document> {
  const { service, until, level, unknown } = spoken;
  const doors = offered(services, actor, { at: 'home', service: null }).slice(0, 1);
  const [first] = doors;
  const named = words.people.length > 0 || until !== null || level !== null;
  if (service !== null && named && first !== undefined) {
    return formAnswer(services, actor, { change: first, words });
  }
  if (service?.kind === 'one') {
    return whatWithAnswer(service.service, buttonsFor(services, actor, service.service), unknown);
  }
  const buttons = homeButtons(doors);
  return isGreeting(words.rest) && words.people.length === 0
    ? greetingAnswer(buttons)
    : notUnderstoodAnswer(unknown, buttons);
}

const buttonsFor = (services: Services, actor: Actor, service: NamedService) => [
  ...serviceButtons(offered(services, actor, { at: 'service', service }), service),
  showButton(service),
];
