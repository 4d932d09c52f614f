import { type Request, serviceOf } from '../requests/request.js';
import type { Services } from '../services.js';

const MAX_PEOPLE = 10;
const MAX_REQUESTS_EACH = 10;

/** What happened before with these people and this service, newest first: for whoever has to decide. */
export async function earlier(
  { store }: Pick<Services, 'store'>,
  request: Request,
): Promise<readonly Request[]> {
  const service = serviceOf(request);
  if (service === null) return [];
  const people = [...new Set(request.subjects.map(({ slack }) => slack))].slice(0, MAX_PEOPLE);
  const found = await Promise.all(
    people.map((subject) =>
      store.requests.find({ subject, service: service.id, limit: MAX_REQUESTS_EACH }),
    ),
  );
  const others = new Map(found.flat().map((other) => [other.id, other]));
  others.delete(request.id);
  return [...others.values()].sort((one, other) => other.askedAt.getTime() - one.askedAt.getTime());
}
