import type { Change } from '../changes/change.js';
import { refusalOf } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import type { Standing } from './access.js';
import { offered } from './doors.js';
import { type OwnAccess, ownAccess } from './mine.js';
import { requestsOf, type RequestsFound } from './requests.js';
import type { ServiceLine } from './service-line.js';
import type { Unread } from '../zone/unread-services.js';
import { servicesPage } from './services.js';

export interface HomeShown extends RequestsFound {
  /** What this person may ask for. */
  readonly doors: readonly Change[];
  readonly access: readonly OwnAccess[];
  readonly services: readonly OfferedService[];
  readonly servicesTotal: number;
  readonly servicesUnread: Unread | null;
  /** Why this person can do nothing here, or null. */
  readonly refused: string | null;
}

export interface OfferedService extends ServiceLine {
  /** What this person may ask for about it. */
  readonly offered: readonly Change[];
  /** What this person has on it, or null. */
  readonly own: Standing | null;
}

/** Everything that concerns someone, on one page. */
export async function homeOf(services: Services, actor: Actor): Promise<HomeShown> {
  const [access, found, page] = await Promise.all([
    ownAccess(services, actor),
    requestsOf(services, actor),
    servicesPage(services, { text: '', offset: 0 }),
  ]);
  const refusal = refusalOf(actor);
  return {
    ...found,
    doors: offered(services, actor, { at: 'home', service: null }),
    access,
    services: page.services.map((service) => ({
      ...service,
      offered: offered(services, actor, { at: 'service', service }),
      own: access.find(({ strongest }) => strongest.service.id === service.id) ?? null,
    })),
    servicesTotal: page.total,
    servicesUnread: page.unread,
    refused: refusal === null ? null : `${refusal.message} ${refusal.next}`,
  };
}
