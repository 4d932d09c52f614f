/** A `.env` file as text: what a person wrote into it stays, line by line. */

/** The same file with these settings, in the place where they stand or stood as a comment, else at its end. */
export function withSettings(text: string, settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings).reduce(
    (file, [name, value]) => withSetting(file, name, value),
    text,
  );
}

/** As Node's reader takes it: after `export`, with blanks around, and of several the last counts. */
const settings = (name: string): RegExp =>
  new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'gm');

export const hasSetting = (text: string, name: string): boolean =>
  (text.match(settings(name)) ?? []).some((line) => !line.trimEnd().endsWith('='));

function withSetting(before: string, name: string, value: string): string {
  const line = `${name}=${quoted(value)}`;
  const text = withoutSettings(before, [name]);
  const commented = new RegExp(`^#${name}=.*$`, 'm');
  if (commented.test(text)) return text.replace(commented, () => line);
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
}

/** Without these settings: they become comments without a value. */
export function withoutSettings(text: string, names: readonly string[]): string {
  return names.reduce((file, name) => file.replace(settings(name), () => `#${name}=`), text);
}

/** Node's reader ends a bare value at `#` and takes quotes away; it knows no escapes, so the quote must not be in the value. */
function quoted(value: string): string {
  if (/^[\w:/.@+=,-]*$/.test(value)) return value;
  const quote = ["'", '"', '`'].find((sign) => !value.includes(sign)) ?? "'";
  return `${quote}${value}${quote}`;
}

/** Lines that differ, with the values of secrets hidden. Empty: nothing changes. */
export function differences(
  before: string | null,
  after: string,
  isSecret: (name: string) => boolean,
): readonly string[] {
  const [old, now] = [linesOf(before ?? ''), linesOf(after)];
  const show = (line: string): string => {
    const [, name, value] = /^#?([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name !== undefined && value !== '' && isSecret(name) ? `${name}=(secret)` : line;
  };
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${show(line)}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${show(line)}`),
  ];
}

const linesOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line.trim() !== '');
