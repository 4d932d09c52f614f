import { z } from 'zod';
import type { AuditLine } from '../../store/store.js';

/** What a request asked for, as its 'asked' line says. */
export interface Asked {
  /** Name of the change. */
  readonly change: string;
  /** In words that follow “asked to”, with mentions as Slack writes them; null in lines of earlier versions. */
  readonly wish: string | null;
}

export interface AskedBook {
  readonly take: (line: AuditLine) => void;
  /** Null: its 'asked' line was not read. */
  readonly of: (request: string | null) => Asked | null;
}

/** Remembers what was asked, because later lines name only the request. */
export function createAskedBook(): AskedBook {
  const book = new Map<string, Asked>();
  return {
    take(line) {
      if (line.what === 'asked' && line.request !== null) book.set(line.request, readAsked(line));
    },
    of: (request) => (request === null ? null : (book.get(request) ?? null)),
  };
}

export function readAsked({ detail }: Pick<AuditLine, 'detail'>): Asked {
  const { change, wish, level } = askedDetail.parse(detail);
  // Earlier versions did not record the name, and only a grant had a level.
  return { change: change ?? (level === null ? 'register' : 'grant'), wish };
}

const text = z.string().nullable().catch(null);
const askedDetail = z.object({ change: text, wish: text, level: text });
