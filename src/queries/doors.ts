import type { Change, ClaimShown, Door } from '../changes/change.js';
import { openButton, serviceValue } from '../markup/open-button.js';
import { actions, type Button, type Part } from '../markup/parts.js';
import type { Actor } from '../requests/person.js';
import type { ServiceRef } from '../requests/request.js';
import type { Services } from '../services.js';
import { mayAsk } from './standing.js';

/** Changes that offer themselves there, and that this person would not be refused. */
export function offered(
  services: Services,
  actor: Actor,
  { at, service }: { readonly at: keyof Door['offers']; readonly service: ServiceRef | null },
): readonly Change[] {
  return services.changes.all.filter(
    ({ door, action }) => door.offers[at] !== undefined && mayAsk(services, actor, action, service),
  );
}

/** Buttons about nothing in particular. */
export const homeButtons = (changes: readonly Change[]): readonly Button[] =>
  changes.flatMap(({ name, door: { offers } }) => {
    const { home } = offers;
    return home === undefined
      ? []
      : [openButton(name, { ...home, says: home.says(''), values: {} })];
  });

export const serviceButtons = (changes: readonly Change[], about: ServiceRef): readonly Button[] =>
  changes.flatMap(({ name, door: { offers } }) => {
    const { service } = offers;
    if (service === undefined) return [];
    const says = service.says(about.name);
    return [openButton(name, { ...service, says, values: serviceValue(about) })];
  });

/** Beside one's own access (`access`) or that of others (`member`). `about` is what a screen reader says of it. */
export const claimButtons = (
  changes: readonly Change[],
  at: 'access' | 'member',
  { shown, about }: { readonly shown: ClaimShown; readonly about: string },
): readonly Button[] =>
  changes.flatMap(({ name, door: { offers } }) => {
    const offer = offers[at];
    const values = offer?.values(shown) ?? null;
    if (offer === undefined || values === null) return [];
    const { text, style } = offer;
    const says = offer.says(about);
    return [openButton(name, { text, says, ...(style === undefined ? {} : { style }), values })];
  });

/** Slack takes no row without a button. */
export const row = (buttons: readonly Button[]): readonly Part[] =>
  buttons.length === 0 ? [] : [actions(...buttons)];
