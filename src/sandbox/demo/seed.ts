import type { OnezoneSandbox } from '../onezone/server.js';
import type { SlackSandbox } from '../slack/server.js';
import { channels, people } from './people.js';

/** The Onezone account of the bot. */
const DESK = 'handle-desk';

/** A workspace and a zone on their first day: people on both sides, channels, one service, and colleagues to choose from. */
export function seed(slack: SlackSandbox, zone: OnezoneSandbox): void {
  for (const { id, name, fullName, role } of people) {
    const email = `${name}@example.org`;
    const guest = role === 'guest';
    slack.addUser({
      id,
      name,
      real_name: fullName,
      email,
      is_restricted: guest,
      is_admin: role === 'administrator',
    });
    zone.addUser({ username: name, fullName, emails: [email] });
  }
  colleagues(slack, zone);
  const everyone = Object.values(slack.state.users).map(({ id }) => id);
  const staff = [
    slack.state.app.botUserId,
    ...people.filter(({ role }) => role !== 'guest').map(({ id }) => id),
  ];
  slack.addChannel({ ...channels.team, members: everyone });
  slack.addChannel({ ...channels.desk, members: staff });
  slack.addChannel({ ...channels.operators, members: [slack.state.app.botUserId, 'U0ADA'] });
  zone.addHandleService({
    name: 'ePIC Göttingen',
    proxyEndpoint: 'https://hps.example.org/api/v1',
    serviceProperties: {
      type: 'PID',
      endpoint: 'https://pid.gwdg.example.org/api/handles',
      prefix: '21.T15999',
      username: 'epic-user',
      password: 'epic-password',
    },
  });
  zone.addUser({ username: DESK, fullName: 'Handle Desk', privileges: 'all' });
}

/** A token of the bot's own account, as an administrator of the zone would make it. */
export function deskToken(zone: OnezoneSandbox): string {
  const desk = Object.values(zone.state.users).find(({ username }) => username === DESK);
  if (desk === undefined) throw new Error('the zone has no account for the bot');
  return zone.mintToken({ userId: desk.userId });
}

/** Enough to fill a request with fifty people. */
function colleagues(slack: SlackSandbox, zone: OnezoneSandbox): void {
  for (let count = 1; count <= 50; count += 1) {
    const number = String(count).padStart(2, '0');
    const [name, fullName] = [`member${number}`, `Project member ${number}`];
    const email = `${name}@example.org`;
    slack.addUser({ id: `U0MEMBER${number}`, name, real_name: fullName, email });
    zone.addUser({ username: name, fullName, emails: [email] });
  }
}
