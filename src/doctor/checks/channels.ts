import type { Policy } from '../../requests/policy.js';
import type { Check } from '../check.js';
import { counted } from '../counted.js';
import type { Channel } from '../examined.js';
import { type Finding, ok, problem } from '../finding.js';

const name = 'policy.channels';

export const channels: Check = {
  name,
  look: async ({ policy, workspace }) => {
    const named = namedIn(policy);
    const found = await Promise.all(
      named.map(async (place) => judge(place, await workspace.channel(place.id))),
    );
    const wrong = found.filter((finding) => finding !== null);
    if (wrong.length > 0) return wrong;
    return [
      named.length === 0
        ? ok(name, 'The policy names no channel.')
        : ok(name, `The bot is in the policy’s ${counted(named.length, 'channel')}.`),
    ];
  },
};

interface Place {
  readonly id: string;
  /** Where the policy names it. */
  readonly where: string;
}

function namedIn({ notify, services }: Policy): readonly Place[] {
  const all = [
    ...Object.entries(notify).map(([key, id]) => ({ id, where: `notify.${key}` })),
    ...services.map(({ notify: id }, at) => ({ id, where: `services[${at}].notify` })),
  ].flatMap(({ id, where }) => (id === null ? [] : [{ id, where }]));
  const ids = [...new Set(all.map(({ id }) => id))];
  return ids.map((id) => ({
    id,
    where: all
      .filter((place) => place.id === id)
      .map(({ where }) => where)
      .join(', '),
  }));
}

function judge({ id, where }: Place, channel: Channel | null): Finding | null {
  if (channel === null) {
    return problem(name, {
      what: `The channel ${id} (${where}) is not there.`,
      why: 'There is no such channel in this workspace, or it is private and the bot was not invited.',
      fix: `Correct ${where} in the policy file, or type \`/invite @Handle Desk\` in the channel.`,
    });
  }
  if (channel.archived) {
    return problem(name, {
      what: `#${channel.name} (${where}) is archived.`,
      why: 'Slack takes no message for it.',
      fix: `Unarchive it, or name another channel under ${where} in the policy file.`,
    });
  }
  if (channel.member) return null;
  return problem(name, {
    what: `The bot is not in #${channel.name} (${where}).`,
    why: 'It can post only where it was invited.',
    fix: `Type \`/invite @Handle Desk\` in #${channel.name}.`,
  });
}
