import { startingWith, url as Address, word } from '../../environment/values.js';
import type { Environment } from '../../environment/variables.js';
import { lookAtIntake } from '../../slack/transport/intake-look.js';
import { createWorkspaceLook, type WorkspaceLook } from '../../slack/transport/workspace.js';
import { type Ask, answered, WrongAnswer } from './ask.js';
import type { Flags } from './flags.js';
import {
  checkBotToken,
  findChannel,
  findGroups,
  findPeople,
  type FoundChannel,
} from './in-slack.js';
import type { PolicyAnswers } from './policy-text.js';
import { shaped } from './shaped.js';

export interface SlackAnswers {
  readonly workspace: WorkspaceLook;
  readonly settings: Readonly<Record<string, string>>;
}

export async function askSlack(ask: Ask, flags: Flags, env: Environment): Promise<SlackAnswers> {
  const apiUrl = apiUrlOf(env);
  const question = {
    flag: 'SLACK_BOT_TOKEN',
    message: 'Bot token (OAuth & Permissions, begins with xoxb-)',
    secret: true,
  };
  const { botToken, workspace } = await answered(ask, question, {
    given: env['SLACK_BOT_TOKEN'] || undefined,
    check: async (text) => {
      const token = shaped(startingWith('xoxb-'), text);
      const look = createWorkspaceLook({ botToken: token, apiUrl });
      ask.say(`Slack: ${await checkBotToken(look)}.`);
      return { botToken: token, workspace: look };
    },
  });
  const mode = await modeOf(ask, flags, env);
  const settings =
    mode === 'socket'
      ? { SLACK_APP_TOKEN: await appToken(ask, env, { botToken, apiUrl }) }
      : { SLACK_SIGNING_SECRET: await signingSecret(ask, env) };
  return { workspace, settings: { SLACK_BOT_TOKEN: botToken, ...settings } };
}

const apiUrlOf = (env: Environment): string =>
  shaped(Address, env['SLACK_API_URL'] || 'https://slack.com/api/').replace(/(?<!\/)\/*$/, '/');

function modeOf(ask: Ask, flags: Flags, env: Environment): Promise<'socket' | 'http'> {
  if (flags.socket === true && flags.http === true) {
    throw new WrongAnswer('Choose one: --socket or --http.');
  }
  if (flags.socket === true) return Promise.resolve('socket');
  if (flags.http === true) return Promise.resolve('http');
  if (env['SLACK_APP_TOKEN']) return Promise.resolve('socket');
  if (env['SLACK_SIGNING_SECRET']) return Promise.resolve('http');
  if (!ask.isPerson) throw new WrongAnswer('--socket or --http is missing.');
  return ask.choose('How does Slack reach the bot?', [
    { value: 'socket', label: 'Socket Mode: no public address is needed' },
    { value: 'http', label: 'At a public address, which allows several replicas' },
  ]);
}

function appToken(
  ask: Ask,
  env: Environment,
  slack: { readonly botToken: string; readonly apiUrl: string },
): Promise<string> {
  const question = {
    flag: 'SLACK_APP_TOKEN',
    message: 'App token (Basic Information, App-Level Tokens, begins with xapp-)',
    secret: true,
  };
  return answered(ask, question, {
    given: env['SLACK_APP_TOKEN'] || undefined,
    check: async (text) => {
      const token = shaped(startingWith('xapp-'), text);
      const config = {
        slack: { ...slack, mode: { kind: 'socket' as const, appToken: token } },
        listen: { host: '', port: 0 },
      };
      const look = await lookAtIntake(config, { at: null, now: () => new Date() });
      if (look.kind === 'socket' && look.refused !== null) {
        throw new WrongAnswer(
          `Slack says ${look.refused}. The token needs the scope connections:write, and Socket Mode has to be on.`,
        );
      }
      return token;
    },
  });
}

/** Slack has no call that would tell whether it is right: the first request does. */
function signingSecret(ask: Ask, env: Environment): Promise<string> {
  const question = {
    flag: 'SLACK_SIGNING_SECRET',
    message: 'Signing secret (Basic Information)',
    secret: true,
  };
  return answered(ask, question, {
    given: env['SLACK_SIGNING_SECRET'] || undefined,
    check: (text) => Promise.resolve(shaped(word, text)),
  });
}

export interface Found extends PolicyAnswers {
  readonly grants: FoundChannel | null;
  readonly approvals: FoundChannel | null;
  readonly operators: FoundChannel | null;
}

export async function askPolicy(ask: Ask, flags: Flags, workspace: WorkspaceLook): Promise<Found> {
  const channel = (key: 'grants' | 'approvals' | 'operators', message: string) =>
    answered(
      ask,
      { flag: `--${key}`, message, optional: true },
      { given: flags[key], check: (text) => findChannel(workspace, text) },
    );
  const admins = await answered(
    ask,
    { flag: '--admin', message: 'Administrators of the desk: @names, e-mail addresses or ids' },
    {
      given: flags.admin,
      check: async (text) => {
        const people = await findPeople(workspace, text);
        if (people.length === 0) throw new WrongAnswer('At least one is needed.');
        return people;
      },
    },
  );
  const curators = await answered(
    ask,
    { flag: '--curator', message: 'Curators, who agree to requests', optional: true },
    { given: flags.curator, check: (text) => findPeople(workspace, text) },
  );
  const curatorGroups = await answered(
    ask,
    { flag: '--curator-group', message: 'Curators as Slack user groups', optional: true },
    { given: flags.curatorGroup, check: (text) => findGroups(workspace, text) },
  );
  return {
    ...{ admins, curators, curatorGroups },
    grants: await channel('grants', 'Channel in which new grants are announced'),
    approvals: await channel('approvals', 'Channel in which requests wait for agreement'),
    operators: await channel('operators', 'Channel for what an operator has to look at'),
  };
}
