import type { PlainTextOption } from '@slack/types';
import { option } from '../render/inputs.js';

/** A service as a choice: names are not unique, so its id is seen too. */
export const serviceOption = (service: {
  readonly id: string;
  readonly name: string;
  readonly prefix?: string | null;
}): PlainTextOption =>
  option({
    text: service.name,
    value: service.id,
    description: [service.prefix ?? null, service.id].filter((fact) => fact !== null).join(' · '),
  });
