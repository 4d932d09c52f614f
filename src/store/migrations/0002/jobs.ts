import { z } from 'zod';

const Payload = z.looseObject({
  what: z.string(),
  to: z.string(),
  person: z.string().optional(),
  key: z.string().optional(),
});
const Row = z.object({ key: z.string(), queue: z.string(), payload: z.string() });

interface NewRow {
  readonly name: 'notify';
  readonly key: string;
  readonly queue: string;
  readonly payload: string;
}

/** A message that waits. What stood in `person` without being one gets a field of its own. */
export function upcastJob(row: unknown): NewRow {
  const { key, queue, payload } = Row.parse(row);
  const { what: message, person, key: postedAs, ...rest } = Payload.parse(JSON.parse(payload));
  const fields = {
    message,
    ...rest,
    ...(postedAs === undefined ? {} : { key: renamed(postedAs) }),
    ...(message === 'trouble' ? trouble(person) : {}),
    ...(person === undefined || ['trouble', 'kept'].includes(message) ? {} : { person }),
  };
  return {
    name: 'notify',
    key: renamed(key),
    queue: queue.startsWith('lane ')
      ? `lane ${renamed(queue.slice(5))}`
      : `key ${renamed(queue.slice(4))}`,
    payload: JSON.stringify(fields),
  };
}

const renamed = (key: string): string => key.replace(/^tell:/, 'notify:');

function trouble(person = ''): Readonly<Record<string, string>> {
  if (person === 'too few may agree') return { trouble: person };
  const [message, to, code, again] = person.split(':');
  if (message === undefined || to === undefined || code === undefined)
    return { trouble: 'request' };
  const undelivered = JSON.stringify({ message, to, code, tryingOn: again !== undefined });
  return { trouble: 'undelivered', undelivered };
}
