import type { ModalView } from '@slack/types';
import type { Change } from '../../../changes/change.js';
import type { Field, FormContext } from '../../../changes/form.js';
import { type Markup, mrkdwn, sentence } from '../../../markup/markup.js';
import { context } from '../../../markup/parts.js';
import { drawParts } from '../render/draw-parts.js';
import { modal } from '../render/whole.js';
import { drawField } from './draw-field.js';
import { CONFIRM, formCallback, REASON } from './form-ids.js';
import { writeMetadata } from './metadata.js';
import { noticeAbove, problemBelow } from './said.js';

/** What stands in a form besides its fields. */
export interface FormNotes {
  /** Above the form: what was refused, or what the typed words did not say. */
  readonly notice?: string;
  /** Below a field, by its key. */
  readonly problems?: Readonly<Record<string, string>>;
  /** Who must agree, in a sentence. */
  readonly rule?: string;
  /** People known only by e-mail: whoever sends the form confirms them. `slack:onezone`, and as a sentence. */
  readonly confirm?: { readonly pairs: readonly string[]; readonly says: string };
}

/** The form of any change. The values of fields that are not drawn are kept for when they are again. */
export function drawForm(
  change: Pick<Change, 'name' | 'form' | 'reason'>,
  { fields: own, by, values }: FormContext & { readonly fields: readonly Field[] },
  notes: FormNotes = {},
): ModalView {
  const { name, form } = change;
  const fields = [...own, ...reasonField(change), ...confirmField(notes)];
  return modal({
    callback: formCallback(name),
    close: 'Cancel',
    title: form.title,
    submit: form.submit,
    metadata: writeMetadata({
      remembered: without(values, fields),
      confirm: notes.confirm?.pairs ?? [],
    }),
    blocks: [
      ...noticeAbove(notes.notice),
      ...fields.flatMap((field) => [
        drawField(field, { value: values[field.key], change: name }),
        ...problemBelow(notes.problems?.[field.key]),
      ]),
      ...smallPrint([
        ...(notes.rule === undefined ? [] : [notes.rule]),
        ...(form.notes?.({ by, values }) ?? []),
      ]),
    ],
  });
}

function reasonField({ reason }: Pick<Change, 'reason'>): readonly Field[] {
  return reason === null ? [] : [{ kind: 'paragraph', key: REASON, label: 'Why', ...reason }];
}

function confirmField({ confirm }: FormNotes): readonly Field[] {
  if (confirm === undefined) return [];
  const text = 'Yes, I know that these belong together';
  const label = 'Is this the right person?';
  return [{ kind: 'flag', key: CONFIRM, label, hint: confirm.says, text }];
}

function without(values: FormContext['values'], fields: readonly Field[]): FormContext['values'] {
  const drawn = new Set(fields.map(({ key }) => key));
  return Object.fromEntries(Object.entries(values).filter(([key]) => !drawn.has(key)));
}

const smallPrint = (notes: readonly string[]) =>
  drawParts(notes.map((note) => context(noteWords(note))));

const WARNING = ':warning: ';

/** Short codes are made harmless, because people could type them; this one is the bot's own. */
const noteWords = (note: string): Markup =>
  note.startsWith(WARNING)
    ? mrkdwn`:warning: ${sentence(note.slice(WARNING.length))}`
    : sentence(note);
