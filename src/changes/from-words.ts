import { Refusal } from '../errors.js';
import { serviceNamed } from '../zone/service-named.js';
import type { Services } from '../services.js';
import type { FormValues, Prefill, TypedWords } from './form.js';

const MAX_PEOPLE = 50;

/** The people and the service that were typed, or why the service is not filled in: the form opens anyway. */
export async function peopleAndService(
  services: Services,
  { people, rest }: TypedWords,
): Promise<Prefill> {
  const named: FormValues = people.length === 0 ? {} : { people: people.slice(0, MAX_PEOPLE) };
  if (rest === '') return { values: named };
  try {
    const { id, name } = await serviceNamed(services, rest);
    return { values: { ...named, service: { value: id, text: name } } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { values: named, notice: `${error.message} Choose one below.` };
  }
}
