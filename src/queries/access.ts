import type { GrantRequest, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Access, Member } from './data.js';

/** What someone has through the desk now, ending soonest first. */
export async function accessOf({ store }: Services, user: SlackUser): Promise<readonly Access[]> {
  const grants = await store.requests.find({ beneficiary: user, active: true, limit: 1000 });
  return grants
    .filter((it) => it.change === 'grant')
    .filter((it) => it.people.some((p) => p.slack === user && isOn(p)))
    .map((it) => ({ service: it.service, level: it.ask.level, end: it.end, request: it.id }))
    .sort(byEnd);
}

/** Who has access to a service through the desk. */
export async function membersOf({ store }: Services, service: string): Promise<readonly Member[]> {
  const grants = await store.requests.find({ service, active: true, limit: 1000 });
  return grants
    .filter((it) => it.change === 'grant')
    .flatMap((it) =>
      it.people.filter(isOn).map((p) => ({ slack: p.slack, level: it.ask.level, end: it.end })),
    )
    .sort(byEnd);
}

const isOn = ({ outcome }: GrantRequest['people'][number]): boolean =>
  outcome.kind === 'active' || outcome.kind === 'ending';

const byEnd = (one: { readonly end: Date | null }, other: { readonly end: Date | null }): number =>
  (one.end?.getTime() ?? Infinity) - (other.end?.getTime() ?? Infinity) || 0;
