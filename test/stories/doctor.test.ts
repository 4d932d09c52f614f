import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../src/doctor/finding.js';
import { asks, linked } from './acting.js';
import { answered, told } from './acts.js';
import {
  CHANNELS,
  DAY,
  type Desk,
  type DeskOptions,
  HOUR,
  openDesk,
  PEOPLE,
  POLICY,
} from './desk.js';
import { reads } from './reading.js';
import { screen } from './screen.js';
import { CONFINED } from './account.js';

/** Desks of single stories, closed whatever comes of them. */
const opened: Desk[] = [];
afterEach(async () => {
  for (const desk of opened.splice(0)) await desk.stop();
});
const open = async (options: DeskOptions): Promise<Desk> => {
  const desk = await openDesk(options);
  opened.push(desk);
  return desk;
};

const WITH_DOCTOR = POLICY.replace('  link:', '  doctor: { may: [admin] }\n  link:');

/** Everything that is not as it should be, as an operator reads it. */
const wrong = (findings: readonly Finding[]): readonly string[] =>
  findings
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ check, verdict, what, why, fix }) =>
      [`${check} ${verdict}: ${what}`, why, fix].join(' | '),
    );

const examined = async (desk: Desk): Promise<readonly string[]> =>
  wrong(await desk.bot.services.examine()).map((line) => reads(desk, line));

const ready = async (desk: Desk): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${String(desk.bot.ports().ops)}/readyz`);
  return `${String(response.status)} ${await response.text()}`;
};

describe('a desk that is set up well', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: WITH_DOCTOR, caveats: [CONFINED] });
  });
  afterAll(() => desk.stop());

  it('says so in Slack, on one screen, to whom the policy lets ask', async () => {
    const answer = await answered(desk, 'ada', '/handle doctor');
    const fine = [
      'Slack takes the bot token: `handle_desk` in the workspace Sandbox.',
      'All 12 scopes are granted.',
      'The bot is there for what Slack sends.',
      'The clock agrees with Slack and Onezone.',
      'The bot is in the policy’s 3 channels.',
      'Whom the policy names is active: 3 users, 0 groups.',
      'Enough people may agree, by every rule.',
      'The policy’s 1 registrar account can be read.',
      `Onezone 21.02.7 answers at \`${desk.zone.url}/api/v3/onezone\`.`,
      'It takes the desk for `desk`, by token, as an administrator of all handle services.',
      'Onezone is on this machine: no certificate is needed.',
      'The account desk has every privilege that this policy needs.',
      'The token allows what this policy needs, and is confined.',
      'The token has no end.',
      'The desk can act on 1 handle service.',
      'The database can be written, and its tables are up to date.',
      'Work is done when it is due.',
      'Messages go out.',
      'No request is stuck.',
    ];
    expect(answer.text).toBe(`Doctor: ${String(fine.length)} fine.`);
    expect(screen(answer)).toEqual(['Doctor', `*${String(fine.length)} fine.*`, ...fine]);
  });

  it('refuses whom the policy does not let ask', async () => {
    expect(await told(desk, 'lena', '/handle doctor')).toBe(
      '⛔ You may not doctor: the policy lets only admin do that.\nNext: Ask someone with the role admin. That is <@U0ADA>.\nRule: `actions.doctor.may` in the policy file',
    );
  });

  it('tells the operators nothing, and is ready without a but', async () => {
    expect(desk.texts(CHANNELS.ops)).toEqual([]);
    expect(await ready(desk)).toBe('200 ready\n');
  });
});

describe('what is wrong in Slack and in the policy', () => {
  let desk: Desk;
  let undo: () => void = () => undefined;
  beforeAll(async () => {
    desk = await openDesk({ caveats: [CONFINED] });
  });
  afterEach(async () => {
    undo();
    await desk.policy(POLICY);
  });
  afterAll(() => desk.stop());

  const changesChannel = (change: Parameters<Desk['slack']['changeChannel']>[1]): void => {
    const before = { ...desk.slack.state.channels[CHANNELS.team] };
    desk.slack.changeChannel(CHANNELS.team, change);
    undo = () => void desk.slack.changeChannel(CHANNELS.team, before);
  };
  const changesUser = (id: string, change: Parameters<Desk['slack']['changeUser']>[1]): void => {
    const before = { ...desk.slack.state.users[id] };
    desk.slack.changeUser(id, change);
    undo = () => void desk.slack.changeUser(id, before);
  };

  it.each<[string, () => unknown, readonly string[]]>([
    [
      'an archived channel',
      () => {
        changesChannel({ archived: true });
      },
      [
        'policy.channels problem: #team (notify.grants) is archived. | Slack takes no message for it. | Unarchive it, or name another channel under notify.grants in the policy file.',
      ],
    ],
    [
      'a channel that the bot was not invited to',
      () => {
        changesChannel({ members: [] });
      },
      [
        'policy.channels problem: The bot is not in #team (notify.grants). | It can post only where it was invited. | Type `/invite @Handle Desk` in #team.',
      ],
    ],
    [
      'a channel that is not there',
      () => desk.policy(POLICY.replace(CHANNELS.team, 'C0NOWHERE')),
      [
        'policy.channels problem: The channel C0NOWHERE (notify.grants) is not there. | There is no such channel in this workspace, or it is private and the bot was not invited. | Correct notify.grants in the policy file, or type `/invite @Handle Desk` in the channel.',
      ],
    ],
    [
      'a curator who has left, and too few of them besides',
      () => {
        changesUser(PEOPLE.cem, { deleted: true });
      },
      [
        'policy.people warning: cem (U0CEM, role curator) is deactivated. | Only active full members can ask or agree, whatever the policy says. | Take the id out of the policy file, or put a full member in its place.',
        'policy.approvers warning: services[ePIC*].actions.grant needs 2 who agree, and there are just 2. | Nobody agrees to their own request: what U0CORA asks for would lapse. | Give more people the role curator or admin, or lower the count of services[ePIC*].actions.grant.approve.',
      ],
    ],
    [
      'an id that nobody has, in a role that has to agree',
      () =>
        desk.policy(
          POLICY.replace(`admin: { users: [${PEOPLE.ada}] }`, 'admin: { users: [U0NOBODY] }'),
        ),
      [
        'policy.people problem: Nobody has the id U0NOBODY (role admin). | Slack knows nobody of this id in this workspace. | Correct the id in the policy file: profile, ⋮, Copy member ID.',
        'policy.approvers problem: actions.register needs 1 who agree, and there are none. | Every request under this rule would lapse. | Give more people the role admin, or lower the count of actions.register.approve.',
        'policy.approvers warning: services[ePIC*].actions.grant needs 2 who agree, and there are just 2. | Nobody agrees to their own request: what U0CORA asks for would lapse. | Give more people the role curator or admin, or lower the count of services[ePIC*].actions.grant.approve.',
      ],
    ],
    [
      'user groups that are unknown, disabled or empty',
      () => {
        desk.slack.addUsergroup({ id: 'S0OLD', handle: 'old', users: [PEOPLE.cora] });
        desk.slack.changeUsergroup('S0OLD', { disabled: true });
        desk.slack.addUsergroup({ id: 'S0EMPTY', handle: 'empty' });
        const groups = 'usergroups: [S0GONE, S0OLD, S0EMPTY]';
        return desk.policy(POLICY.replace(`${PEOPLE.cem}] }`, `${PEOPLE.cem}], ${groups} }`));
      },
      [
        'policy.people problem: The user group S0GONE of the role curator is not there. | Nobody has the role through it. | Correct the id in the policy file, or enable the group in Slack.',
        'policy.people problem: The user group @old (S0OLD) of the role curator is disabled. | Nobody has the role through it. | Correct the id in the policy file, or enable the group in Slack.',
        'policy.people warning: The user group @empty (S0EMPTY) of the role curator is empty. | Nobody has the role through it. | Add people to the group in Slack.',
      ],
    ],
    [
      'a registrar account that cannot be read',
      () => desk.policy(POLICY.replace('env:DATACITE_PASSWORD', 'file:/run/secrets/not-there')),
      [
        'policy.accounts problem: The registrar account “datacite-test” cannot be read. | env:DATACITE_USER or file:/run/secrets/not-there is not set, empty, or not readable for the bot. | Set the variable or provide the file, then restart; or take the account out of the policy file.',
      ],
    ],
    [
      'a token that Slack has revoked',
      () => {
        desk.slack.faults.add({
          method: 'auth.test',
          kind: 'error',
          error: 'token_revoked',
          times: 1,
        });
      },
      [
        'slack.token problem: Slack does not take the bot token. | Slack says token_revoked. | Copy the token anew (OAuth & Permissions, Bot User OAuth Token) into SLACK_BOT_TOKEN, and restart.',
      ],
    ],
  ])('%s is named, with its reason and what to do', async (_, breaks, said) => {
    await breaks();
    expect(await examined(desk)).toEqual(said);
    undo();
    undo = () => undefined;
  });
});

describe('the example of a policy, unchanged', () => {
  it('is said to be nobody’s, in the log and on /readyz', async () => {
    const desk = await open({
      policy: readFileSync('policy.example.yml', 'utf8'),
      caveats: [CONFINED],
    });
    expect((await ready(desk)).split('\n')).toEqual([
      '200 ready, except',
      'policy.channels: The channel C0EPIC (services[0].notify) is not there.',
      'policy.people: Nobody has the id U0ADMIN01 (role admin).',
      'policy.people: Nobody has the id U0ADMIN02 (role admin).',
      'policy.people: Nobody has the id U0CURATOR (role curator).',
      'policy.people: The user group S0CURATORS of the role curator is not there.',
      'policy.approvers: actions.register needs 1 who agree, and there are none.',
      'policy.approvers: actions.grant needs 1 who agree, and there are none.',
      'policy.approvers: actions.extend needs 1 who agree, and there are none.',
      'policy.approvers: services[ePIC*].actions.grant needs 2 who agree, and there are none.',
      'policy.accounts: The registrar account “datacite-test” cannot be read.',
      '',
    ]);
    expect(desk.log()).toContain('Nobody has the id U0ADMIN01 (role admin).');
  });
});

describe('scopes that were not granted', () => {
  it('are named, though every call that needs none goes well', async () => {
    const desk = await open({
      manifest: (manifest): unknown =>
        JSON.parse(JSON.stringify(manifest).replace('"groups:read",', '')),
      caveats: [CONFINED],
    });
    expect(await examined(desk)).toEqual([
      'slack.scopes problem: The bot token lacks 1 scope: groups:read. | The app was installed from an older or another manifest. | Save manifest.yml (Socket Mode: manifest.socket.yml) as the app’s manifest once more, then Install App, Reinstall to Workspace.',
    ]);
  });
});

describe('what is wrong in Onezone', () => {
  it('a token that is too narrow is told by its name, and the services are not said to be none', async () => {
    const whitelist = CONFINED.whitelist.filter((it) => !it.includes('.null.list'));
    const it = await open({ caveats: [{ ...CONFINED, whitelist }] });
    expect(await examined(it)).toEqual([
      'onezone.caveats problem: The token is too narrow: it leaves out `ozw/get/handleService.null.list:private`, `ozw/get/user.null.list:private`. | The policy, the model of the account or the version of Onezone needs more than the token was made for. | Make another: `npx handle-desk token`; put it into ONEZONE_TOKEN and restart.',
      'onezone.services problem: The handle services cannot be listed. | The account or its token may not. | See the privileges and the token of the account.',
    ]);
    expect(await told(it, 'lena', '/handle services')).toBe(
      'The handle services could not be read yet.\n' +
        'The desk’s Onezone token does not allow this (tokenTooNarrow).\n' +
        'Next: An operator has to put a token in place that can do what the policy asks for (`npx handle-desk token`) and restart the desk; then it goes on by itself.',
    );
    expect(await told(it, 'lena', '/handle show DataCite')).toBe(
      '⛔ The handle services could not be read yet. The desk’s Onezone token does not allow this (tokenTooNarrow).\n' +
        'Next: An operator has to put a token in place that can do what the policy asks for (`npx handle-desk token`) and restart the desk; then it goes on by itself.',
    );
    expect(it.texts(CHANNELS.ops)).toEqual([
      '⚠️ The desk has looked at itself, and this needs an operator:\n' +
        '• The token is too narrow: it leaves out `ozw/get/handleService.null.list:private`, `ozw/get/user.null.list:private`. Next: Make another: `npx handle-desk token`; put it into ONEZONE_TOKEN and restart.\n' +
        '• The handle services cannot be listed. Next: See the privileges and the token of the account.\n' +
        'Type `/handle doctor` to look again.',
    ]);
    expect(await ready(it)).toBe(
      '200 ready, except\n' +
        'onezone.caveats: The token is too narrow: it leaves out ozw/get/handleService.null.list:private, ozw/get/user.null.list:private.\n' +
        'onezone.services: The handle services cannot be listed.\n',
    );
  });

  it('caveats that do not fit, privileges that were taken, and a membership in nothing', async () => {
    const it = await open({ model: 'membership', caveats: [CONFINED] });
    const account = it.zone.state.users[it.account.id];
    if (account === undefined) throw new Error('The desk has no account.');
    account.privileges = ['oz_users_list', 'oz_users_view'];
    for (const service of Object.values(it.zone.state.handleServices)) service.users = {};
    expect(await examined(it)).toEqual([
      'onezone.privileges problem: The account desk lacks `oz_handle_services_create`. | What the policy lets people ask cannot be carried out without. | ' +
        `An administrator of the zone gives them: \`PATCH /users/${it.account.id}/privileges {"grant": ["oz_handle_services_create"]}\`, or Clusters, Members in Onezone’s web interface.`,
      'onezone.caveats problem: The token is too narrow: it leaves out `ozw/get/user.*.eff_handle_services:private`. | The policy, the model of the account or the version of Onezone needs more than the token was made for. | Make another: `npx handle-desk token`; put it into ONEZONE_TOKEN and restart.',
      'onezone.services problem: The handle services cannot be listed. | The account or its token may not. | See the privileges and the token of the account.',
    ]);
  });

  it('an outage is told apart from a refusal, and not to the operators', async () => {
    const it = await open({ caveats: [CONFINED] });
    it.zone.setBreaker(true);
    expect(await examined(it)).toEqual([
      'onezone.reached problem: The desk cannot work with Onezone. | Onezone takes no calls: it protects itself, mostly because its disk is nearly full. | An administrator of the zone has to make room there; then it goes on by itself.',
      'onezone.services unknown: onezone.services could not be looked at. | Onezone answered serviceUnavailable (GET /api/v3/onezone/configuration, status 503) | See what is said of Slack and Onezone.',
    ]);
    await it.passes(DAY + 60_000);
    expect(it.texts(CHANNELS.ops)).toEqual([]);
  });

  it('a clock that is wrong on this machine', async () => {
    const it = await open({ caveats: [CONFINED], botClockMs: -4 * 60_000 });
    expect(await examined(it)).toEqual(
      ['Slack', 'Onezone'].map(
        (who) =>
          `slack.clock problem: This machine’s clock is 4 min behind ${who}’s. | From five minutes on nothing that Slack sends is believed, and ends come at the wrong moment. | Let the machine set its clock by NTP (timedatectl set-ntp true).`,
      ),
    );
  });

  it('a token that ends is told to the operators at 14, 7 and 1 days, once each', async () => {
    const validUntil = Math.floor((Date.now() + 20 * DAY) / 1000);
    const it = await open({ caveats: [CONFINED, { type: 'time', validUntil }] });
    const remind = (within: string): string =>
      `⚠️ The desk’s Onezone token ends on ${new Date(validUntil * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC, in less than ${within}. ` +
      'From then on Onezone takes nothing from the desk. Next: make another with `npx handle-desk token`, put it into ONEZONE_TOKEN and restart.';
    const said: number[] = [];
    for (let day = 1; day <= 19; day += 1) {
      await it.passes(DAY + 60_000);
      said.push(it.texts(CHANNELS.ops).length);
    }
    expect(it.texts(CHANNELS.ops)).toEqual([remind('14 days'), remind('7 days'), remind('a day')]);
    expect([said.indexOf(1) + 1, said.indexOf(2) + 1, said.indexOf(3) + 1]).toEqual([6, 13, 19]);
  });
});

describe('work that is not done', () => {
  it('is told: a request that everybody agreed to and Onezone does not take', async () => {
    const desk = await open({ caveats: [CONFINED] });
    await linked(desk, 'lena');
    desk.zone.faults.add({ kind: 'status', status: 502, method: 'PUT', times: 1000 });
    const id = await asks(desk, 'cora', { people: ['lena'] });
    await desk.passes(2 * HOUR);
    expect(await examined(desk)).toEqual([
      `work.requests warning: A request is stuck: ${id}. | Onezone, or a proxy before it, answers with an error. | It is tried again by itself. If it lasts, an administrator of the zone should look into Onezone’s log.`,
    ]);
  });
});
