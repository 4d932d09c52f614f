import type { Trigger } from './state.js';
import type { Workspace } from './workspace.js';

export function newTrigger(workspace: Workspace, user: string, view: string | null = null): string {
  const { state } = workspace;
  const id = `${workspace.id('')}.${state.team.id}.${workspace.id('t').toLowerCase()}`;
  state.triggers[id] = { user, used: false, madeAt: workspace.now().toISOString(), view };
  return id;
}

export type TriggerProblem = 'invalid_trigger_id' | 'exchanged_trigger_id' | 'expired_trigger_id';

/** Uses a trigger up: it opens one view, for its user, within its deadline. */
export function exchangeTrigger(workspace: Workspace, id: string): Trigger | TriggerProblem {
  const trigger = workspace.state.triggers[id];
  if (trigger === undefined) return 'invalid_trigger_id';
  if (trigger.used) return 'exchanged_trigger_id';
  const age = workspace.now().getTime() - Date.parse(trigger.madeAt);
  if (age > workspace.deadlines.trigger) return 'expired_trigger_id';
  workspace.state.triggers[id] = { ...trigger, used: true };
  return trigger;
}
