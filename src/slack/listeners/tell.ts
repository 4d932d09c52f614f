import { changes } from '../../changes/index.js';
import { refusals } from '../../errors.js';
import { nearest } from '../../nearest.js';
import { accessOf } from '../../queries/access.js';
import { help } from '../../queries/help.js';
import { type QuestionWord, questions } from '../../queries/index.js';
import { requestsOf } from '../../queries/requests.js';
import { serviceNamed, servicesPage, showService } from '../../queries/services.js';
import { whoami } from '../../queries/whoami.js';
import type { Actor } from '../../requests/person.js';
import { RequestId } from '../../requests/request.js';
import { mustBeMember, mustMay, withdraw } from '../../workflow.js';
import { didYouMeanAnswer } from '../surfaces/answers/did-you-mean.js';
import { helpAnswer } from '../surfaces/answers/help.js';
import { mineAnswer } from '../surfaces/answers/mine.js';
import { requestsAnswer } from '../surfaces/answers/requests.js';
import { SERVICES_A_PAGE, servicesAnswer } from '../surfaces/answers/services.js';
import { showAnswer } from '../surfaces/answers/show.js';
import { unlinkedAnswer } from '../surfaces/answers/unlinked.js';
import { whoamiAnswer } from '../surfaces/answers/whoami.js';
import { withdrawnAnswer } from '../surfaces/answers/withdrawn.js';
import type { CommandText } from './command-text.js';
import type { Message } from '../surfaces/render/message.js';
import type { Desk } from './desk.js';
import type { CommandBody } from './payloads.js';

/** The answer to a question that was typed after `/handle`; nothing typed asks for help. */
export async function tell(
  desk: Desk,
  asked: { readonly typed: CommandBody; readonly text: CommandText },
): Promise<Message> {
  const word = asked.text.word === '' ? 'help' : asked.text.word;
  const known = questions.find((it) => it.word === word);
  return known === undefined ? unknown(desk, asked.typed, word) : answerTo(desk, known.word, asked);
}

async function answerTo(
  desk: Desk,
  word: QuestionWord,
  asked: { readonly typed: CommandBody; readonly text: CommandText },
): Promise<Message> {
  const { services } = desk;
  const actor = await mustBeMember(services, asked.typed.user_id, word);
  switch (word) {
    case 'help':
    case 'link':
      return helpAnswer(help(services, actor));
    case 'requests':
      return requestsAnswer(await requestsOf(services, actor));
    case 'mine':
      return mineAnswer(await accessOf(services, actor.id));
    case 'services':
      return firstPage(desk, asked.text.rest);
    case 'show':
      return asked.text.rest === '' ? firstPage(desk, '') : show(desk, actor, asked.text.rest);
    case 'whoami':
      return whoamiAnswer(await whoami(services, actor));
    case 'unlink':
      return unlinked(desk, actor, asked.text);
    case 'withdraw':
      return withdrawn(desk, actor, asked.text.rest);
  }
}

/** Each service in it can be shown by its button. */
async function firstPage({ services }: Desk, text: string): Promise<Message> {
  const page = { text, offset: 0, limit: SERVICES_A_PAGE };
  return servicesAnswer(await servicesPage(services, page));
}

async function show({ services }: Desk, actor: Actor, name: string): Promise<Message> {
  const known = await serviceNamed(services, name);
  return showAnswer(await showService(services, actor, known));
}

async function withdrawn({ services }: Desk, actor: Actor, text: string): Promise<Message> {
  // Those that can be withdrawn have a button there.
  if (text === '') return requestsAnswer(await requestsOf(services, actor));
  const id = RequestId.safeParse(text.toUpperCase());
  if (!id.success) throw refusals.unknownRequest(text);
  return withdrawnAnswer(await withdraw(services, id.data, actor.id));
}

async function unknown({ services }: Desk, typed: CommandBody, word: string): Promise<Message> {
  await mustBeMember(services, typed.user_id, 'help');
  const words = [
    ...Object.values(changes).flatMap((it) => it.words),
    ...questions.map((it) => it.word),
  ];
  return didYouMeanAnswer(word, nearest(word, words, 3));
}

/** Access that was given stays: it ends by its own time. */
async function unlinked({ services }: Desk, actor: Actor, text: CommandText): Promise<Message> {
  await mustMay(services, actor.id, 'link');
  const [person] = text.people;
  if (person === undefined) throw refusals.nobodyNamed();
  const was = await services.people.unlink(person, actor.id);
  return unlinkedAnswer(person, was);
}
