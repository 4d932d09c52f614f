import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../store/store.js';
import { playConversation } from './conversation.js';
import type { Scene } from './scene.js';
import { createTranscript, type Terminal } from './transcript.js';
import type { Worlds } from './worlds.js';

/** A machine may be busy when the demo starts; Slack itself would not wait so long. */
const PATIENT_MS = 60_000;
const LOOK_EVERY_MS = 100;
const LOOK_TIMEOUT_MS = 60_000;

/** Plays the conversation of the first day. Returns why it did not go as it should, or null. */
export async function playOpening(scene: Scene, terminal: Terminal): Promise<string | null> {
  const { worlds, store } = scene;
  const { deadlines } = worlds.slack;
  const strict = { ...deadlines };
  Object.assign(deadlines, { ack: PATIENT_MS, trigger: PATIENT_MS });
  try {
    await informed(store, worlds);
    await playConversation({ ...worlds, bot: scene.bot, transcript: createTranscript(terminal) });
    await atRest(store);
    return (await hasFault(store)) ? 'the bot had a fault' : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    worlds.zone.faults.clear();
    Object.assign(deadlines, strict);
  }
}

/** Until the bot has nothing to do at the moment. A bot that cannot come to rest is shown as it is. */
export async function atRest({ jobs }: Pick<Store, 'jobs'>): Promise<void> {
  await looked(async () => {
    const { running, overdue } = await jobs.counts(new Date());
    return running === 0 && overdue === 0;
  });
}

/** On a first day the whole record is short. */
async function hasFault({ audit }: Pick<Store, 'audit'>): Promise<boolean> {
  const lines = await audit.latest(1000);
  return lines.some(({ what }) => what === 'fault');
}

/** Until the bot has read the zone, nobody can choose a service or be recognised. */
async function informed({ services, directory }: Store, { zone }: Worlds): Promise<void> {
  const ids = Object.keys(zone.state.handleServices);
  const isInformed = await looked(async () => {
    const known = await Promise.all(ids.map((id) => services.get(id)));
    const { completeAt } = await directory.state();
    return known.every((one) => one !== null) && completeAt !== null;
  });
  if (!isInformed) throw new Error('the bot has not read Onezone');
}

/** Whether it became true before the time was over. */
async function looked(isSo: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + LOOK_TIMEOUT_MS;
  while (performance.now() < end) {
    if (await isSo()) return true;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}
