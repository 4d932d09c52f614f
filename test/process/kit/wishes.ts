import { RESEARCHERS, type Service, slackIdOf } from './town.js';

/** What somebody wants of the desk. The reason tells wishes apart. */
export type Wish = GrantWish | RegisterWish;

export interface GrantWish {
  readonly change: 'grant';
  readonly by: string;
  readonly people: readonly string[];
  readonly service: Service;
  readonly level: 'use' | 'maintain';
  readonly duration: '90d' | '365d' | 'permanent';
  readonly reason: string;
}

export interface RegisterWish {
  readonly change: 'register';
  readonly by: string;
  readonly name: string;
  readonly reason: string;
}

/** Twenty grants: for oneself and for several, at once and after an agreement, with an end and without, and some over each other. */
export const grants: readonly GrantWish[] = [
  ...RESEARCHERS.map((by, index) =>
    grant(by, { service: 'DataCite', duration: index % 2 === 0 ? '90d' : '365d' }),
  ),
  grant('p1', { service: 'Open', duration: 'permanent' }),
  grant('p2', { service: 'Open' }),
  grant('p3', { service: 'Open', level: 'maintain' }),
  grant('p4', { service: 'Open', people: ['p4', 'p5', 'p6', 'p7'] }),
  grant('p5', { service: 'ePIC', people: ['p1', 'p2', 'p3'] }),
  grant('p6', { service: 'ePIC', people: ['p4', 'p5', 'p6', 'p7', 'p8', 'cora'] }),
  grant('p7', { service: 'ePIC', level: 'maintain', duration: 'permanent' }),
  grant('p8', { service: 'Open', people: ['ada', 'cora', 'cem', 'p1', 'p8'], duration: '365d' }),
  // Over what the ones above give.
  grant('p1', { service: 'DataCite', level: 'maintain', duration: '365d' }),
  grant('p2', { service: 'DataCite', level: 'maintain', duration: 'permanent' }),
  grant('p3', { service: 'DataCite', people: ['p3', 'p4'], level: 'maintain' }),
  grant('p4', { service: 'Open', level: 'maintain' }),
];

/** One is agreed to by Ada, one is her own. */
export const registrations: readonly RegisterWish[] = [
  { change: 'register', by: 'cora', name: 'MyCommunity Handle service', reason: 'For the survey' },
  { change: 'register', by: 'ada', name: 'Second Handle service', reason: 'For the samples' },
];

function grant(by: string, said: Partial<GrantWish> & { readonly service: Service }): GrantWish {
  const { service, people = [by], level = 'use', duration = '90d' } = said;
  const reason = `${by} for ${people.join(' ')}: ${level} of ${service}, ${duration}`;
  return { change: 'grant', by, people, service, level, duration, reason };
}

/** One person does one thing at a time. */
export function bySomebody(all: readonly Wish[]): readonly (readonly Wish[])[] {
  const people = [...new Set(all.map((it) => it.by))];
  return people.map((by) => all.filter((it) => it.by === by));
}

/** By service and Slack user id: all that the grants together give. */
export function expectedAccess(all: readonly GrantWish[]): Map<string, readonly string[]> {
  const access = new Map<string, readonly string[]>();
  for (const { service, people, level } of all) {
    for (const name of people) {
      const key = `${service} ${slackIdOf(name)}`;
      access.set(key, [...new Set([...(access.get(key) ?? []), ...PRIVILEGES[level]])].sort());
    }
  }
  return access;
}

/** Written out, not taken from the program: this is what Onezone has to hold in the end. */
const use = ['handle_service_register_handle', 'handle_service_view'];
const PRIVILEGES = {
  use,
  maintain: [...use, 'handle_service_list_handles', 'handle_service_manage_handles'],
};
