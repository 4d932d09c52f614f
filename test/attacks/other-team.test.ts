import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { routes } from '../../src/sandbox/slack/delivery/routes.js';
import { signedRequest } from '../../src/sandbox/slack/delivery/wire.js';
import type { Delivery, DeliveryKind } from '../../src/sandbox/slack/types.js';
import { decides, opens, refusalsOnRecord } from '../stories/acts.js';
import { approvalOf, asks, linked, presses, stored } from '../stories/acting.js';
import { CHANNELS, type Desk, openDesk, PEOPLE } from '../stories/desk.js';
import type { Request } from '../../src/requests/request.js';

type Payload = Readonly<Record<string, unknown>>;

const TEAM = 'T0OTHER';
const WHY = 'You belong to another workspace; this desk serves only its own.';
const NEXT = 'Ask a member of this workspace to make the request.';
/** At the door, where nothing is drawn. */
const STRANGER = `${WHY}\n${NEXT}`;

let desk: Desk;
let request: Request;
/** What Slack delivered for this workspace, of each kind. */
const own = new Map<DeliveryKind, Delivery>();

beforeAll(async () => {
  desk = await openDesk();
  await linked(desk, 'lena');
  const id = await asks(desk, 'lena');
  request = await stored(desk, id);
  await opens(desk, 'tom', '/handle request');
  await desk.as('tom').searches('service_pick', 'data');
  await desk.as('tom').closes({ all: true });
  await desk.as('cora').clicks(approvalOf(desk, id), 'request_review');
  await desk.slack.until(() => desk.as('cora').modal !== null, 'the review');
  await decides(desk, 'cora', { verdict: 'deny', comment: 'Not yet' });
  await desk.as('tom').uses('request_access');
  await desk.slack.until(() => desk.as('tom').modal !== null, 'the form');
  await desk.as('tom').opensHome();
  await desk.slack.until(() => desk.slack.home(PEOPLE.tom) !== null, 'the Home tab');
  for (const delivery of desk.slack.deliveries) own.set(delivery.kind, delivery);
  await desk.works();
});
afterAll(() => desk.stop());

const View = z.looseObject({ app_installed_team_id: z.string() });
const Authorization = z.looseObject({ team_id: z.string() });
const Outside = z.looseObject({
  view: View.optional(),
  authorizations: z.array(Authorization).optional(),
});

/** As the same app sends it that is installed elsewhere too. */
const ofTeam =
  (team: string) =>
  (payload: Payload): Payload => {
    const { view, authorizations } = Outside.parse(payload);
    return {
      ...payload,
      ...('team_id' in payload ? { team_id: team } : { team: { id: team, domain: 'other' } }),
      ...(view === undefined ? {} : { view: { ...view, app_installed_team_id: team } }),
      ...(authorizations === undefined
        ? {}
        : { authorizations: authorizations.map((one) => ({ ...one, team_id: team })) }),
    };
  };

/** As the same app sends it that a whole organisation has installed, or that is in a workspace of another organisation. */
const ofOrganisation =
  (isOrgWide: boolean) =>
  (payload: Payload): Payload => {
    const { view, authorizations } = Outside.parse(payload);
    const enterprise = { enterprise_id: 'E0OTHER', is_enterprise_install: isOrgWide };
    return {
      ...payload,
      ...('team_id' in payload ? enterprise : { enterprise: { id: 'E0OTHER' } }),
      is_enterprise_install: isOrgWide,
      ...(view === undefined ? {} : { view: { ...view, app_installed_team_id: undefined } }),
      ...(authorizations === undefined
        ? {}
        : { authorizations: authorizations.map((one) => ({ ...one, ...enterprise })) }),
    };
  };

const KINDS = [
  'command',
  'block_actions',
  'block_suggestion',
  'view_submission',
  'shortcut',
  'event',
] as const;

let sent = 0;

/** Signed with the right secret; a trigger and an event id that were not seen before. */
async function delivers(
  kind: DeliveryKind,
  change: (payload: Payload) => Payload,
): Promise<string> {
  const delivery = own.get(kind);
  if (delivery === undefined) throw new Error(`Nothing of the kind ${kind} was delivered.`);
  sent += 1;
  const payload = {
    ...change(delivery.payload),
    ...('trigger_id' in delivery.payload ? { trigger_id: `9.9.${String(sent)}` } : {}),
    ...('event_id' in delivery.payload ? { event_id: `Ev${String(sent)}` } : {}),
  };
  const { headers, body } = signedRequest(desk.slack.signingSecret, routes[kind], {
    payload,
    retry: null,
  });
  const port = String(desk.bot.ports().slack);
  const url = `http://127.0.0.1:${port}/slack/events`;
  const answer = await fetch(url, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  return answer.text();
}

const refusedLines = (): number =>
  desk.log().split('refused what Slack delivered for another workspace').length - 1;

/** All that could have come of it. */
async function everything() {
  return {
    audit: (await desk.audit()).length,
    jobs: await desk.bot.services.store.jobs.counts(desk.now()),
    calls: desk.slack.calls.length,
    zone: desk.zone.log.length,
    request: await stored(desk, request.id),
  };
}

const attacks = KINDS.flatMap((kind) => [
  [kind, 'another team', ofTeam(TEAM)] as const,
  [kind, 'an app that a whole organisation has installed', ofOrganisation(true)] as const,
  [kind, 'a workspace of another organisation', ofOrganisation(false)] as const,
]);

describe('What Slack delivers for another workspace or organisation is refused at the door: nothing of it is stored, done or answered.', () => {
  it.each(attacks)(
    'A well signed %s of %s is sent: it gets no data, changes nothing, and is one line in the log.',
    async (kind, _, change) => {
      const [before, lines] = [await everything(), refusedLines()];
      const said = await delivers(kind, change);
      await desk.works();
      expect(await everything()).toEqual(before);
      expect(refusedLines()).toBe(lines + 1);
      if (kind === 'command') {
        expect(JSON.parse(said)).toEqual({ response_type: 'ephemeral', text: STRANGER });
      } else if (kind === 'block_suggestion') expect(JSON.parse(said)).toEqual({ options: [] });
      else if (kind === 'view_submission') {
        expect(JSON.parse(said)).toMatchObject({
          response_action: 'update',
          view: { blocks: [{ text: { text: STRANGER } }] },
        });
      } else expect(said).toBe('');
    },
  );

  it('A payload that names no workspace at all is sent: refused like that of another.', async () => {
    const lines = refusedLines();
    await delivers('command', (payload) => ({ ...payload, team_id: '' }));
    expect(refusedLines()).toBe(lines + 1);
  });

  it('Somebody of another workspace presses Approve in a channel that is shared with it: told so in words, and on record.', async () => {
    const id = await asks(desk, 'lena');
    desk.slack.addUser({ id: 'U0STRANGE', name: 'stan', team_id: TEAM });
    expect(await presses(desk, 'U0STRANGE', approvalOf(desk, id))).toBe(`⛔ ${WHY}\nNext: ${NEXT}`);
    expect((await refusalsOnRecord(desk)).at(-1)).toMatch(/^U0STRANGE approve: stranger: /);
    expect((await stored(desk, id)).decisions).toEqual([]);
  });

  it('An event of a shared channel names the other side, but is for us: it is heard.', async () => {
    const lines = refusedLines();
    await delivers('event', (payload) => ({ ...payload, team_id: TEAM }));
    await desk.as('lena').mentionsBot('hello', CHANNELS.team);
    expect(refusedLines()).toBe(lines);
  });
});
