import { type Refusal, refusals } from '../../errors.js';
import { GrantAsk } from '../../requests/grant-ask.js';
import type { Beneficiary, ServiceRef, SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { parseAsk } from '../parse-ask.js';
import { checkGrantAsk } from './check.js';

/** What was asked, checked against policy, known services and known people. Touches neither the zone nor Slack's messages. */
export async function proposeGrant(
  services: Services,
  values: unknown,
): Promise<{ ask: GrantAsk; service: ServiceRef; people: Beneficiary[] }> {
  const ask = parseAsk(GrantAsk, values);
  const problems = await checkGrantAsk(services, ask);
  if (Object.keys(problems).length > 0) throw refusals.badForm(problems);
  const service = await services.store.services.get(ask.service);
  if (service === null) throw refusals.unknownService(ask.service);
  const people = await identifyAll(services, [...new Set(ask.people)]);
  return { ask, service: { id: service.id, name: service.name }, people };
}

async function identifyAll(
  services: Services,
  people: readonly SlackUser[],
): Promise<Beneficiary[]> {
  const found = await Promise.all(
    people.map(async (slack) => ({ slack, said: await services.people.identify(slack) })),
  );
  const refused = found.flatMap(({ said }) => (said.kind === 'refused' ? [said.refusal] : []));
  const [first] = refused;
  if (first !== undefined) throw refused.length === 1 ? first : several(refused);
  return found.map(({ slack, said }) => ({
    slack,
    identity: said.kind === 'known' ? said.identity : null,
    outcome: { kind: 'waiting' },
  }));
}

const several = (said: readonly Refusal[]): Refusal =>
  refusals.badForm({ people: said.map((it) => `${it.message} ${it.next}`).join(' ') });
