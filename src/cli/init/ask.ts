import { confirm, isCancel, log, password, select, text } from '@clack/prompts';

/** What a person answered is not right; they may answer again. Words for them, never the answer where it is a secret. */
export class WrongAnswer extends Error {
  override name = 'WrongAnswer' as const;
}

/** The person went away. */
export class Cancelled extends Error {
  override name = 'Cancelled' as const;
}

export interface Question {
  /** How the same is said without being asked: a flag, or a variable for a secret. */
  readonly flag: string;
  readonly message: string;
  readonly secret?: boolean;
  /** May be left out. */
  readonly optional?: boolean;
}

/** Whoever sets the desk up: a person at a terminal, or a script that has said everything beforehand. */
export interface Ask {
  readonly isPerson: boolean;
  readonly text: (question: Question) => Promise<string>;
  readonly choose: <T extends string>(
    message: string,
    options: readonly { readonly value: T; readonly label: string }[],
  ) => Promise<T>;
  readonly confirm: (message: string) => Promise<boolean>;
  readonly say: (words: string) => void;
  readonly warn: (words: string) => void;
}

export const person: Ask = {
  isPerson: true,
  text: async ({ message, secret = false, optional = false }) => {
    const validate = (value: string | undefined): string | undefined =>
      value?.trim() || optional ? undefined : 'This is needed.';
    const answer = given(
      await (secret
        ? password({ message, validate })
        : text({ message, validate, ...(optional ? { placeholder: 'nothing' } : {}) })),
    );
    return typeof answer === 'string' ? answer.trim() : '';
  },
  choose: async (message, options) => {
    const answer: unknown = await select({
      message,
      options: options.map(({ value, label }): { value: string; label: string } => ({
        ...{ value, label },
      })),
    });
    const chosen = options.find(({ value }) => value === answer);
    if (chosen === undefined) throw new Cancelled();
    return chosen.value;
  },
  confirm: async (message) => given(await confirm({ message })) === true,
  say: (words) => {
    log.info(words);
  },
  warn: (words) => {
    log.warn(words);
  },
};

function given(answer: unknown): unknown {
  if (isCancel(answer)) throw new Cancelled();
  return answer;
}

export function script(write: (line: string) => void): Ask {
  const missing = ({ flag }: Question): Promise<never> =>
    Promise.reject(new WrongAnswer(`${flag} is missing.`));
  return {
    isPerson: false,
    text: missing,
    choose: (message) => Promise.reject(new WrongAnswer(message)),
    confirm: () => Promise.resolve(false),
    say: write,
    warn: write,
  };
}

/**
 * The answer that was given beforehand, else the person's; checked live, and asked for again while it is wrong. Throws
 * `WrongAnswer` where nobody is there to be asked.
 */
export async function answered<T>(
  ask: Ask,
  question: Question,
  options: { readonly given: string | undefined; readonly check: (text: string) => Promise<T> },
): Promise<T> {
  let before = options.given;
  for (;;) {
    const said =
      before ?? (question.optional === true && !ask.isPerson ? '' : await ask.text(question));
    try {
      return await options.check(said);
    } catch (error) {
      if (!(error instanceof WrongAnswer)) throw error;
      if (!ask.isPerson) throw new WrongAnswer(`${question.flag}: ${error.message}`);
      ask.warn(error.message);
      before = undefined;
    }
  }
}
