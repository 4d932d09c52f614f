import { useState } from 'preact/hooks';
import type { ShownModal } from '../../src/sandbox/page/shown.js';
import { isSame, pickedIn, type Picked } from '../blocks/picked.js';
import type { BlockOf } from '../blocks/schema.js';

/** Field values of a form: local edits override what the server last sent. */
export interface Edits {
  readonly of: (block: BlockOf<'input'>) => readonly Picked[];
  readonly set: (block: BlockOf<'input'>, picked: readonly Picked[]) => void;
  /** Edits that the server does not have yet. */
  readonly open: () => ReadonlyMap<string, Edit>;
  readonly forget: () => void;
}

interface Edit {
  readonly block: BlockOf<'input'>;
  readonly picked: readonly Picked[];
}

export function useEdits(modal: ShownModal): Edits {
  const [edits, setEdits] = useState<ReadonlyMap<string, Edit>>(new Map());
  const known = ({ block_id: id, element }: BlockOf<'input'>) =>
    pickedIn(modal.values[id]?.[element.action_id]);
  const here = new Set(modal.blocks.map((block) => block.block_id));
  return {
    of: (block) => edits.get(block.block_id)?.picked ?? known(block),
    set(block, picked) {
      setEdits((before) => new Map(before).set(block.block_id, { block, picked }));
    },
    open: () =>
      new Map(
        [...edits].filter(
          ([id, { block, picked }]) => here.has(id) && !isSame(picked, known(block)),
        ),
      ),
    forget() {
      setEdits(new Map());
    },
  };
}
