import { refusals } from '../../errors.js';
import type { Services } from '../../services.js';
import type { DirectoryUser } from '../../store/store.js';
import { type Form, textOf } from '../form.js';

export const linkForm: Form = {
  title: 'Link a person',
  submit: 'Link',
  fields: () =>
    Promise.resolve([
      { kind: 'person', key: 'slack', label: 'Person in Slack' },
      {
        kind: 'onezone user',
        key: 'onezone',
        label: 'User in Onezone',
        hint: 'Search by name, user name, e-mail address or id.',
      },
    ]),
  notes: () => [
    'Access is given to the Onezone user that you choose here. The person is told, and whoever links somebody does not agree to what they ask for.',
  ],
  toAsk: (values) => ({ slack: textOf(values['slack']), onezone: textOf(values['onezone']) }),
  /** What was typed, or what Slack knows of the person, searches at once; a single hit is filled in. */
  fromWords: async (services, { people: [slack], rest }, by) => {
    if (slack === by.id) throw refusals.ownLink();
    const user = await meant(services, slack, rest);
    const isNobody = rest !== '' && user === undefined;
    return {
      values: {
        ...(slack === undefined ? {} : { slack }),
        ...(user === undefined ? {} : { onezone: { value: user.id, text: user.fullName } }),
      },
      ...(isNobody ? { notice: `No single Onezone user matches “${rest}”. Search below.` } : {}),
    };
  },
};

/** The one Onezone user that is meant: the only one found, or the only one with the person's e-mail address. None when there are several. */
async function meant(
  { people }: Services,
  person: string | undefined,
  text: string,
): Promise<DirectoryUser | undefined> {
  if (person === undefined) return only(await people.search(text, 2));
  const found = await people.candidates({ person, text, limit: 5 });
  const byAddress = found.filter((candidate) => candidate.by === 'e-mail');
  return only(byAddress.map(({ user }) => user)) ?? only(found.map(({ user }) => user));
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);
