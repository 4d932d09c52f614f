import { z } from 'zod';
import { option, optionGroup, type Option } from '../blockkit/shapes.js';
import { isRecord } from '../blockkit/walk.js';
import { worded } from '../blockkit/check.js';
import { jsonIn } from '../json-in.js';
import { blockActionsPayload } from '../payloads/block-actions.js';
import { blockSuggestionPayload } from '../payloads/block-suggestion.js';
import type { Surface } from '../payloads/surface.js';
import { newResponseUrl } from '../responses.js';
import { newTrigger } from '../triggers.js';
import type { Choice, ClickChoice, ClickTarget, Delivery } from '../types.js';
import { checkPresent, deliver, keep, type Actor } from './actor.js';
import { chosenKeys, chosenValue } from './choice.js';
import { findTarget, rememberChoice } from './target.js';

/** Slack's default. */
const usualQueryLength = 3;

/** A click on a button, or a choice in any element that tells the bot at once. */
export function act(
  actor: Actor,
  on: ClickTarget,
  wanted: { readonly actionId: string; readonly choice: ClickChoice },
): Promise<Delivery> {
  checkPresent(actor);
  const { workspace, id: user } = actor;
  const found = findTarget(actor, on, wanted);
  const { element, isInput, block } = found.touched;
  if (isInput && block.dispatch_action !== true) {
    throw new Error(`${wanted.actionId} tells the bot nothing before the form is submitted.`);
  }
  const offered = actor.offered.get(wanted.actionId) ?? [];
  const isButton = element.type.endsWith('button');
  const value = isButton ? null : chosenValue(element, choiceOf(wanted.choice), offered);
  const cancelled = element.confirm !== undefined && !actor.confirms;
  const surface = cancelled ? found.surface : rememberChoice(actor, found, value);
  const payload = blockActionsPayload(workspace, {
    user,
    surface,
    touched: found.touched,
    chosen: chosenKeys(element, value),
    triggerId: newTrigger(workspace, user, surface.on === 'view' ? surface.view.id : null),
    responseUrl: responseUrlFor(actor, surface),
  });
  const parcel = { kind: 'block_actions' as const, name: wanted.actionId, user, payload };
  if (cancelled)
    return Promise.resolve(keep(actor, parcel, 'cancelled in the confirmation dialog'));
  if (!workspace.manifest.interactive) {
    return Promise.resolve(keep(actor, parcel, 'interactivity is off in the manifest'));
  }
  return deliver(actor, parcel, {
    accept: () => null,
    trouble: () => 'Something went wrong with this. Try again?',
  });
}

/** Typing into an external select: the bot is asked for options. */
export async function search(
  actor: Actor,
  on: ClickTarget,
  wanted: { readonly actionId: string; readonly text: string },
): Promise<readonly Option[]> {
  const { workspace, id: user } = actor;
  const { actionId, text } = wanted;
  const { surface, touched } = findTarget(actor, on, { actionId, choice: {} });
  const { element } = touched;
  if (!element.type.endsWith('external_select')) throw new Error(`${actionId} asks nobody.`);
  if (Array.from(text).length < (element.min_query_length ?? usualQueryLength)) return [];
  const payload = blockSuggestionPayload(workspace, { user, surface, touched, text });
  let options: readonly Option[] = [];
  await deliver(
    actor,
    { kind: 'block_suggestion', name: actionId, user, payload },
    {
      accept: ({ body }) => {
        const answer = jsonIn(body);
        if (!isRecord(answer)) return 'no options in the answer';
        const [problem] = workspace.blockKit.suggestions(answer);
        if (problem !== undefined) return worded(problem);
        options = optionsIn(answer);
        return null;
      },
      trouble: () => 'The options could not be loaded.',
    },
  );
  actor.offered.set(actionId, [...(actor.offered.get(actionId) ?? []), ...options]);
  return options;
}

const suggestions = z.object({
  options: z.array(option).default([]),
  option_groups: z.array(optionGroup).default([]),
});

function optionsIn(answer: unknown): readonly Option[] {
  const { options, option_groups: groups } = suggestions.parse(answer);
  return [...options, ...groups.flatMap((group) => group.options)];
}

function choiceOf({ value }: ClickChoice): Choice {
  return value ?? null;
}

function responseUrlFor({ workspace, id: user }: Actor, surface: Surface): string | null {
  if (surface.on === 'view') return null;
  const { channel, ts } = surface.message;
  const original = { ts, ephemeral: surface.on === 'ephemeral' };
  return newResponseUrl(workspace, { kind: 'action', user, channel, original });
}
