import { matches } from '../../requests/matches.js';
import { notify } from '../../requests/jobs.js';
import { serviceOf, subjectsWith } from '../../requests/request.js';
import type { Services } from '../../services.js';
import type { FollowMessages } from '../follow.js';
import type { GrantRequest } from './ask.js';

/** Whoever gets access hears of it at once; the team channels once everybody has, or the rest is held up. */
export function grantMessages(services: Services, request: GrantRequest): FollowMessages {
  const now = services.now();
  const { requester, subjects: all } = request;
  return {
    each: ({ slack, outcome }) =>
      outcome.kind === 'done' && slack !== requester
        ? [notify(request, { message: 'welcome', to: slack, person: slack }, now)]
        : [],
    announce: (subjects) =>
      subjectsWith({ subjects: [...subjects] }, 'done').length === 0
        ? []
        : channelsFor(services, request).map((to) =>
            notify(request, { message: 'announcement', to }, now),
          ),
    over: ({ slack, outcome }) => {
      // Whoever ended it before its time has its own request, which tells of it.
      const isByOther = outcome.kind === 'ended' && (outcome.by ?? request.id) !== request.id;
      if (isByOther) return [];
      const toThem = notify(request, { message: 'ended', to: slack, person: slack }, now);
      // Of one person's end the requester is told; of many people's the message shows it that they have already.
      return all.length > 1 || slack === requester
        ? [toThem]
        : [toThem, notify(request, { message: 'ended', to: requester, person: slack }, now)];
    },
  };
}

function channelsFor(services: Services, request: GrantRequest): readonly string[] {
  const { notify: channels, services: rules } = services.policy.current();
  const service = serviceOf(request);
  const narrower = rules.filter((rule) => service !== null && matches(rule.match, service));
  const all = [channels.grants, ...narrower.map((rule) => rule.notify)];
  return [...new Set(all.filter((channel) => channel !== null))];
}
